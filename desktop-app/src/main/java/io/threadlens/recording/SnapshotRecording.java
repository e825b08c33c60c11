package io.threadlens.recording;

import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recording that is read through a {@link Snapshot}; a live one has a newer one now and then. No method waits. */
final class SnapshotRecording implements Recording {
    private volatile Snapshot now;

    SnapshotRecording(Snapshot now) {
        this.now = now;
    }

    void publish(Snapshot next) {
        now = next;
    }

    Snapshot snapshot() {
        return now;
    }

    @Override
    public RecordingInfo info() {
        return now.info();
    }

    @Override
    public long revision() {
        return now.revision();
    }

    @Override
    public List<ThreadInfo> threads() {
        return now.threads();
    }

    @Override
    public int tickCount() {
        return now.ticks().rows();
    }

    @Override
    public long tickTime(int i) {
        return now.ticks().int64(Snapshot.TICK_TIME, i);
    }

    @Override
    public long tickEnd(int i) {
        Snapshot snapshot = now;
        ArrowTable ticks = snapshot.ticks();
        long time = ticks.int64(Snapshot.TICK_TIME, i);
        long periodNs = snapshot.periodNs();
        if (i + 1 == ticks.rows()) {
            return time + periodNs;
        }
        return Math.min(ticks.int64(Snapshot.TICK_TIME, i + 1), time + 2 * periodNs);
    }

    @Override
    public int tickAt(long ns) {
        return now.ticks().floorRow(Snapshot.TICK_TIME, ns);
    }

    @Override
    public List<SampleChunk> chunks() {
        return now.chunks();
    }

    @Override
    public List<Frame> stack(int stackId) {
        return now.stacks().calls(stackId);
    }

    @Override
    public @Nullable Frame leaf(int stackId) {
        return now.stacks().leaf(stackId);
    }

    @Override
    public int frame(int stackId) {
        return now.stacks().frameOf(stackId);
    }

    @Override
    public int parent(int stackId) {
        return now.stacks().parent(stackId);
    }

    @Override
    public List<CpuRow> cpu() {
        return now.table(Table.CPU).asList(Snapshot::cpuRow);
    }

    @Override
    public List<Pause> pauses() {
        return now.table(Table.PAUSES).asList(Snapshot::pause);
    }

    @Override
    public List<Event> events() {
        return now.table(Table.EVENTS).asList(Snapshot::event);
    }

    @Override
    public List<Mark> marks() {
        return now.marks();
    }

    @Override
    public List<Lock> locks() {
        return now.locks();
    }

    @Override
    public List<Wait> waits() {
        return now.table(Table.WAITS).asList(Snapshot::waitRow);
    }

    @Override
    public List<Hold> holds() {
        return now.table(Table.HOLDS).asList(Snapshot::hold);
    }

    @Override
    public List<RefcountLooks> refcounts() {
        return now.table(Table.REFCOUNTS).asList(Snapshot::refcounts);
    }

    @Override
    public List<CoreSlice> coreSlices() {
        return now.table(Table.SLICES).asList(Snapshot::slice);
    }

    @Override
    public List<SystemLoad> systemLoad() {
        return now.table(Table.LOAD).asList(Snapshot::load);
    }

    @Override
    public @Nullable String damage() {
        return now.damage();
    }

    /** Mapped memory goes with the last object that refers to it, so that a late reader on another thread never meets a hole. */
    @Override
    public void close() {}
}
