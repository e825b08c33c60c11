package io.threadlens.recording;

import io.threadlens.model.Frame;
import io.threadlens.model.Progress;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.SavedChunk.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Goes over all rows of a recording once when it is opened, keeps those whose references hold, and counts the others. After that no
 * reader has to check anything. A batch without a fault stays where it is; only one with a fault is copied.
 */
final class RowChecks {
    /** How a holder may be known: 1 to this. */
    private static final int LAST_HOW = 5;

    private static final int AT_ONCE = 8192;

    private final Map<String, String> names = new HashMap<>();
    private int[] covered = new int[64];
    private int threadCount;
    private int tickCount;
    private int stackCount;
    private int lockCount;
    private long dropped;

    /** Rows that were dropped. */
    long dropped() {
        return dropped;
    }

    int threadCount() {
        return threadCount;
    }

    int tickCount() {
        return tickCount;
    }

    int stackCount() {
        return stackCount;
    }

    List<ThreadInfo> threads(List<TableBatch> batches) {
        List<ThreadInfo> threads = new ArrayList<>();
        forEachRow(batches, (batch, row) -> {
            ThreadInfo thread = Snapshot.thread(batch, row);
            if (thread.number() < 0 || thread.number() > threads.size()) {
                return false;
            }
            if (thread.number() == threads.size()) {
                threads.add(thread);
            } else {
                threads.set(thread.number(), thread);
            }
            return true;
        });
        threadCount = threads.size();
        return List.copyOf(threads);
    }

    List<Recording.Lock> locks(List<TableBatch> batches) {
        List<Recording.Lock> locks = new ArrayList<>();
        forEachRow(batches, (batch, row) -> {
            int number = batch.int32(0, row);
            String kind = name(batch.text(1, row));
            if (kind == null || number < 0 || number > locks.size()) {
                return false;
            }
            Recording.Lock lock = new Recording.Lock(number, kind, name(batch.text(2, row)), batch.text(3, row));
            if (number == locks.size()) {
                locks.add(lock);
            } else {
                locks.set(number, lock);
            }
            return true;
        });
        lockCount = locks.size();
        return List.copyOf(locks);
    }

    /** Frames and stacks, up to the first stack that cannot be: those after it may stand on it. */
    StackTable stacks(List<TableBatch> frameBatches, List<TableBatch> stackBatches) {
        StackTable.Growing stacks = new StackTable.Growing();
        forEachRow(frameBatches, (batch, row) -> {
            stacks.addFrame(new Frame(name(batch.text(0, row)), name(batch.text(1, row)), batch.int32(2, row), batch.int32(3, row)));
            return true;
        });
        forEachRow(stackBatches, (batch, row) -> {
            int parent = batch.int32(0, row);
            int frame = batch.int32(1, row);
            if (parent < -1 || parent >= stacks.stackCount() || frame < 0 || frame >= stacks.frameCount()) {
                return false;
            }
            stacks.addStack(parent, frame);
            return true;
        });
        stackCount = stacks.stackCount();
        return stacks.snapshot();
    }

    /** Ticks, up to the first that does not come after the one before. */
    ArrowTable ticks(List<TableBatch> batches) {
        ArrowTable all = ArrowTable.of(batches);
        long[] times = new long[AT_ONCE];
        long last = Long.MIN_VALUE;
        int good = 0;
        while (good < all.rows()) {
            int n = Math.min(AT_ONCE, all.rows() - good);
            all.copy(Snapshot.TICK_TIME, good, times, n);
            int i = 0;
            while (i < n && times[i] > last) {
                last = times[i++];
            }
            good += i;
            if (i < n) {
                break;
            }
        }
        dropped += all.rows() - good;
        tickCount = good;
        return good == all.rows() ? all : ArrowTable.of(firstRows(batches, good));
    }

    /** Samples as they are recorded. */
    List<SampleChunk> samples(List<TableBatch> batches) {
        covered = new int[threadCount];
        List<TableBatch> good = new ArrayList<>();
        for (TableBatch batch : batches) {
            int[] lastThread = {-1};
            keep(batch, Table.SAMPLES, (b, row) -> isGoodSample(b, row, lastThread), good);
        }
        return good.stream().filter(batch -> batch.rows() > 0).<SampleChunk>map(ColumnChunk::of).toList();
    }

    private boolean isGoodSample(TableBatch batch, int row, int[] lastThread) {
        int thread = batch.int32(ColumnChunk.THREAD, row);
        if (thread < lastThread[0]
                || thread < 0
                || thread >= threadCount
                || !isGoodRun(
                        thread,
                        batch.int32(ColumnChunk.TICK, row),
                        batch.int32(ColumnChunk.COUNT, row),
                        batch.int8(ColumnChunk.STATE, row),
                        batch.int32(ColumnChunk.STACK, row))) {
            return false;
        }
        lastThread[0] = thread;
        return true;
    }

    private boolean isGoodRun(int thread, int tick, int count, byte state, int stack) {
        if (count < 1
                || tick > tickCount - count
                || tick < covered[thread]
                || stack < -1
                || stack >= stackCount
                || state < 0
                || state >= ThreadState.COUNT) {
            return false;
        }
        covered[thread] = tick + count;
        return true;
    }

    /** Samples as they are saved: a chunk in which all are good as it is, of another the good ones. */
    List<SampleChunk> runs(List<TableBatch> batches, List<TableBatch> partBatches) {
        covered = new int[threadCount];
        List<SampleChunk> chunks = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            TableBatch batch = batches.get(i);
            Parts parts = parts(batch, partBatches, i);
            if (parts == null) {
                dropped += batch.rows();
                continue;
            }
            boolean[] bad = new boolean[batch.rows()];
            int[] ticks = {Integer.MAX_VALUE, 0};
            int count = badRuns(batch, parts, bad, ticks);
            dropped += count;
            if (count == 0) {
                chunks.add(SavedChunk.checked(batch, parts, ticks[0], ticks[1], null));
            } else if (count < bad.length) {
                chunks.add(ColumnChunk.of(asRecorded(batch, parts, bad)));
            }
        }
        return List.copyOf(chunks);
    }

    /** How many of the samples of a saved recording {@link #runs} would drop. */
    long badRuns(List<TableBatch> batches, List<TableBatch> partBatches, Progress progress) {
        covered = new int[threadCount];
        long bad = 0;
        for (int i = 0; i < batches.size(); i++) {
            progress.at((double) i / batches.size());
            TableBatch batch = batches.get(i);
            Parts parts = parts(batch, partBatches, i);
            bad += parts == null ? batch.rows() : badRuns(batch, parts, new boolean[batch.rows()], new int[2]);
        }
        return bad;
    }

    private @Nullable Parts parts(TableBatch batch, List<TableBatch> partBatches, int i) {
        return i < partBatches.size() ? Parts.read(partBatches.get(i), batch.rows(), threadCount, tickCount) : null;
    }

    /** Marks the rows of a chunk that are not good; of the others takes the first tick and the end of the last. Returns how many are bad. */
    private int badRuns(TableBatch batch, Parts parts, boolean[] bad, int[] ticks) {
        int count = 0;
        for (int i = 0; i < parts.rows().threads().length; i++) {
            for (int row = parts.rows().starts()[i]; row < parts.rows().starts()[i + 1]; row++) {
                int tick = parts.tick() + (batch.int16(SavedChunk.TICK, row) & 0xffff);
                int length = batch.int16(SavedChunk.COUNT, row) & 0xffff;
                byte state = batch.int8(SavedChunk.STATE, row);
                if (isGoodRun(parts.rows().threads()[i], tick, length, state, batch.int32(SavedChunk.STACK, row))) {
                    ticks[0] = Math.min(ticks[0], tick);
                    ticks[1] = Math.max(ticks[1], tick + length);
                } else {
                    bad[row] = true;
                    count++;
                }
            }
        }
        return count;
    }

    private static TableBatch asRecorded(TableBatch batch, Parts parts, boolean[] bad) {
        RowBuffer rows = new RowBuffer(Table.SAMPLES);
        for (int i = 0; i < parts.rows().threads().length; i++) {
            for (int row = parts.rows().starts()[i]; row < parts.rows().starts()[i + 1]; row++) {
                if (!bad[row]) {
                    rows.put(parts.rows().threads()[i])
                            .put(parts.tick() + (batch.int16(SavedChunk.TICK, row) & 0xffff))
                            .put(batch.int16(SavedChunk.COUNT, row) & 0xffff)
                            .put(batch.int8(SavedChunk.STATE, row))
                            .put(batch.int8(SavedChunk.FLAGS, row))
                            .put(batch.int16(SavedChunk.CORE, row))
                            .put(batch.int32(SavedChunk.STACK, row));
                }
            }
        }
        return rows.view();
    }

    ArrowTable cpu(List<TableBatch> batches) {
        return kept(batches, Table.CPU, (batch, row) -> isThread(batch.int32(0, row)));
    }

    ArrowTable pauses(List<TableBatch> batches) {
        return kept(batches, Table.PAUSES, (batch, row) -> {
            int thread = batch.int32(3, row);
            return batch.int64(0, row) <= batch.int64(1, row) && (thread == -1 || isThread(thread)) && isStackOrNone(batch.int32(4, row));
        });
    }

    /** Waits, of the rows of each the last, which holds: while recording it was written down each second that it went on. */
    ArrowTable waits(List<TableBatch> batches) {
        return ArrowTable.of(lastOfEach(good(batches, Table.WAITS, (batch, row) -> isThread(batch.int32(0, row))
                && batch.int64(1, row) <= batch.int64(2, row)
                && isLock(batch.int32(3, row))
                && isStackOrNone(batch.int32(4, row)))));
    }

    /** The rows of one wait follow one another among those of its thread. */
    private List<TableBatch> lastOfEach(List<TableBatch> waits) {
        long[] laterStart = new long[threadCount];
        boolean[] hasLater = new boolean[threadCount];
        List<TableBatch> last = new ArrayList<>();
        for (TableBatch batch : waits.reversed()) {
            boolean[] replaced = new boolean[batch.rows()];
            boolean any = false;
            for (int row = batch.rows() - 1; row >= 0; row--) {
                int thread = batch.int32(0, row);
                long start = batch.int64(1, row);
                replaced[row] = hasLater[thread] && laterStart[thread] == start;
                any |= replaced[row];
                hasLater[thread] = true;
                laterStart[thread] = start;
            }
            last.add(any ? without(batch, Table.WAITS, replaced) : batch);
        }
        return last.reversed();
    }

    ArrowTable holds(List<TableBatch> batches) {
        return kept(batches, Table.HOLDS, (batch, row) -> isLock(batch.int32(0, row))
                && isThread(batch.int32(1, row))
                && batch.int64(2, row) <= batch.int64(3, row)
                && isStackOrNone(batch.int32(4, row))
                && batch.int8(5, row) >= 1
                && batch.int8(5, row) <= LAST_HOW
                && batch.int16(6, row) >= 0
                && isStackOrNone(batch.int32(7, row)));
    }

    ArrowTable refcounts(List<TableBatch> batches) {
        return kept(batches, Table.REFCOUNTS, (batch, row) -> isThread(batch.int32(1, row))
                && isStackOrNone(batch.int32(2, row))
                && batch.int32(6, row) >= 0
                && batch.int32(6, row) <= batch.int32(5, row));
    }

    /** Slices: no thread is on two cores at once, and none ends before the one told before it. */
    ArrowTable slices(List<TableBatch> batches) {
        long[] threadEnd = new long[threadCount];
        Arrays.fill(threadEnd, Long.MIN_VALUE);
        long[] lastEnd = {Long.MIN_VALUE};
        return kept(batches, Table.SLICES, (batch, row) -> {
            int thread = batch.int32(0, row);
            long start = batch.int64(2, row);
            long end = batch.int64(3, row);
            if (!isThread(thread) || batch.int16(1, row) < 0 || start > end || start < threadEnd[thread] || end < lastEnd[0]) {
                return false;
            }
            threadEnd[thread] = end;
            lastEnd[0] = end;
            return true;
        });
    }

    /** Load: what adds up with time does not go back. */
    ArrowTable load(List<TableBatch> batches) {
        long[] last = {Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};
        return kept(batches, Table.LOAD, (batch, row) -> {
            long[] now = {batch.int64(0, row), batch.int64(1, row), batch.int64(2, row)};
            if (now[0] < last[0] || now[1] < last[1] || now[2] < last[2]) {
                return false;
            }
            System.arraycopy(now, 0, last, 0, now.length);
            return true;
        });
    }

    ArrowTable events(List<TableBatch> batches) {
        return kept(batches, Table.EVENTS, (batch, row) -> batch.text(1, row) != null);
    }

    ArrowTable marks(List<TableBatch> batches) {
        return kept(batches, Table.MARKS, (batch, row) -> batch.int64(0, row) <= batch.int64(2, row));
    }

    private boolean isThread(int thread) {
        return thread >= 0 && thread < threadCount;
    }

    private boolean isStackOrNone(int stack) {
        return stack >= -1 && stack < stackCount;
    }

    private boolean isLock(int lock) {
        return lock >= 0 && lock < lockCount;
    }

    private ArrowTable kept(List<TableBatch> batches, Table table, RowTest isGood) {
        return ArrowTable.of(good(batches, table, isGood));
    }

    private List<TableBatch> good(List<TableBatch> batches, Table table, RowTest isGood) {
        List<TableBatch> good = new ArrayList<>();
        for (TableBatch batch : batches) {
            keep(batch, table, isGood, good);
        }
        return good;
    }

    /** Adds the batch as it is where all its rows are good, else a copy of the good ones. */
    private void keep(TableBatch batch, Table table, RowTest isGood, List<TableBatch> good) {
        boolean[] bad = null;
        for (int row = 0; row < batch.rows(); row++) {
            if (!isGood.test(batch, row)) {
                bad = Objects.requireNonNullElseGet(bad, () -> new boolean[batch.rows()]);
                bad[row] = true;
                dropped++;
            }
        }
        good.add(bad == null ? batch : without(batch, table, bad));
    }

    private static TableBatch without(TableBatch batch, Table table, boolean[] bad) {
        RowBuffer rows = new RowBuffer(table);
        for (int row = 0; row < batch.rows(); row++) {
            if (!bad[row]) {
                rows.put(batch, row, 1);
            }
        }
        return rows.view();
    }

    /** Goes over the rows up to the first that is not good; returns how many were. The others count as dropped. */
    private long forEachRow(List<TableBatch> batches, RowTest isGood) {
        long good = 0;
        long all = batches.stream().mapToLong(TableBatch::rows).sum();
        for (TableBatch batch : batches) {
            for (int row = 0; row < batch.rows(); row++) {
                if (!isGood.test(batch, row)) {
                    dropped += all - good;
                    return good;
                }
                good++;
            }
        }
        return good;
    }

    private static List<TableBatch> firstRows(List<TableBatch> batches, long rows) {
        List<TableBatch> first = new ArrayList<>();
        long left = rows;
        for (TableBatch batch : batches) {
            int take = (int) Math.min(left, batch.rows());
            first.add(take == batch.rows() ? batch : new TableBatch(take, batch.data(), batch.offsets(), batch.validity()));
            left -= take;
        }
        return first;
    }

    /** The same few names come again and again. */
    private @Nullable String name(@Nullable String text) {
        return text == null ? null : names.computeIfAbsent(text, same -> same);
    }

    /** Says of a row whether its references hold. */
    private interface RowTest {
        boolean test(TableBatch batch, int row);
    }
}
