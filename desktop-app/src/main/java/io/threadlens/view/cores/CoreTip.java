package io.threadlens.view.cores;

import io.threadlens.model.Frame;
import io.threadlens.timeline.CoreTimes;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.RecordingData;
import org.jspecify.annotations.Nullable;

/** What is to be said of a place on a core. */
final class CoreTip {
    private CoreTip() {}

    /**
     * A slice under the mouse.
     *
     * @param before where its thread was before; null where that is too long ago to be looked for
     * @param after  where it went
     */
    static String slice(RecordingData data, CoreTimes.Slice slice, long ns, CoreTimes.@Nullable Slice before, CoreTimes.@Nullable Slice after) {
        StringBuilder text = new StringBuilder(name(data, slice.thread()))
                .append(" on core ").append(slice.core())
                .append(" for ").append(TimeFormat.length(slice.endNs() - slice.startNs()))
                .append(", from ").append(TimeFormat.moment(slice.startNs() - data.range().startNs()));
        SampleAt sample = SampleAt.find(data.times(), slice.thread(), ns);
        if (sample != null) {
            Frame leaf = data.recording().leaf(sample.stack());
            text.append('\n').append(sample.state().label()).append(leaf == null || leaf.function() == null ? "" : " in " + leaf.function());
        }
        if (before != null) {
            text.append("\nbefore: ").append(where(slice, before)).append(", until ")
                    .append(TimeFormat.length(slice.startNs() - before.endNs())).append(" earlier");
        }
        if (after != null) {
            text.append("\nthen: ").append(where(slice, after)).append(", ")
                    .append(TimeFormat.length(after.startNs() - slice.endNs())).append(" later");
        }
        return text.toString();
    }

    private static String where(CoreTimes.Slice slice, CoreTimes.Slice other) {
        return (other.core() == slice.core() ? "this core" : "core " + other.core());
    }

    /** A pixel of many slices. */
    static String pixel(RecordingData data, CoreFrame.Row row, int x, long pixelNs) {
        CoreTimes.Shares shares = row.shares();
        String text = "core " + row.core() + ", " + TimeFormat.percent(shares.busyNs()[x], pixelNs) + " of " + TimeFormat.length(pixelNs) + " busy";
        return shares.thread()[x] < 0
                ? text
                : text + "\nmost of it: " + name(data, shares.thread()[x]) + ", " + TimeFormat.percent(shares.mostNs()[x], pixelNs) + "\nzoom in for its slices";
    }

    static String name(RecordingData data, int thread) {
        return thread < data.threads().size() ? LaneLayout.nameOf(data.threads().get(thread)) : "a new thread";
    }
}
