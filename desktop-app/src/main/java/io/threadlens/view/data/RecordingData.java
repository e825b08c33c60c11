package io.threadlens.view.data;

import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.BusyCores;
import io.threadlens.timeline.Counts;
import io.threadlens.timeline.CpuTimes;
import io.threadlens.timeline.HoldIndex;
import io.threadlens.timeline.LoadTimes;
import io.threadlens.timeline.StateTimes;
import io.threadlens.timeline.WaitIndex;
import java.util.List;

/** A recording as it was at one moment, counted and ready to be shown. Immutable, so that views and background work may share it. */
public record RecordingData(
        Recording recording,
        long revision,
        RecordingInfo info,
        StateTimes times,
        BusyCores busy,
        CpuTimes cpu,
        LoadTimes load,
        WaitIndex waits,
        HoldIndex holds,
        List<Recording.Pause> pauses,
        List<Recording.Event> events) {

    public static RecordingData of(Recording recording) {
        long revision = recording.revision();
        Counts counts = Counts.of(recording);
        return new RecordingData(
                recording,
                revision,
                recording.info(),
                counts.times(),
                counts.busy(),
                counts.cpu(),
                LoadTimes.of(recording),
                counts.waits(),
                counts.holds(),
                recording.pauses(),
                recording.events());
    }

    /** The same with what was recorded since. */
    public RecordingData grow() {
        // Asked before the rest, so that what changes meanwhile is seen the next time.
        long now = recording.revision();
        StateTimes grown = times.grow();
        return new RecordingData(
                recording,
                now,
                recording.info(),
                grown,
                busy.grow(grown),
                cpu.grow(),
                load.grow(),
                waits.grow(),
                holds.grow(),
                recording.pauses(),
                recording.events());
    }

    public List<ThreadInfo> threads() {
        return times.threads();
    }

    public TimeRange range() {
        return times.range();
    }

    /** Whether the GIL was on, as the last change said, or as it was at the start. */
    public boolean isGilOn() {
        boolean on = info.process().gilEnabled();
        for (Recording.Event event : events) {
            if (event.kind().equals("gil")) {
                on = event.value() == 1;
            }
        }
        return on;
    }

    public boolean isLive() {
        return info.live();
    }
}
