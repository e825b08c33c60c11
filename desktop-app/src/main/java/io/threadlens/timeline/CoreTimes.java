package io.threadlens.timeline;

import io.threadlens.recording.Recording;
import io.threadlens.recording.Recording.CoreSlice;
import io.threadlens.recording.SampleChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which thread of the program was on which core: exact from the machine's context switches where the recording has them; else estimated from the cores that
 * samples saw threads on, see {@link SampledCores}.
 *
 * <p>Sixteen bytes of memory a slice and a few more for the sums. Immutable and safe from any thread; {@link #grow} gives a newer one and reads only
 * what is new.
 */
public final class CoreTimes {
    /** More cores than any machine has; a number beyond it is a mistake of somebody's. */
    private static final int MOST_CORES = 8192;
    /** More slices than this in a viewport are too narrow to be read one by one. */
    private static final int MOST_READ = 4_000;

    private final Recording recording;
    private final boolean exact;
    /** How many slices, or chunks of samples, have been read. */
    private final int read;

    private final CoreLine[] lines;

    private CoreTimes(Recording recording, boolean exact, int read, CoreLine[] lines) {
        this.recording = recording;
        this.exact = exact;
        this.read = read;
        this.lines = lines;
    }

    /** A thread on a core, from when to when without a break. */
    public record Slice(int thread, int core, long startNs, long endNs) {}

    /**
     * What was on a core in each of some columns.
     *
     * @param busyNs time with a thread of the program on it
     * @param thread the one with the most time; −1 where there was none
     * @param mostNs its time
     */
    public record Shares(long[] busyNs, int[] thread, long[] mostNs) {}

    public static CoreTimes of(StateTimes times) {
        return new CoreTimes(times.recording(), false, 0, new CoreLine[0]).grow(times);
    }

    /** The same with what was recorded since. */
    public CoreTimes grow(StateTimes times) {
        List<CoreSlice> slices = recording.coreSlices();
        if (slices.isEmpty()) {
            return growBySamples(times);
        }
        return new Growth(exact ? lines : new CoreLine[0]).slices(slices, exact ? read : 0);
    }

    private CoreTimes growBySamples(StateTimes times) {
        List<SampleChunk> chunks = times.settledChunks();
        return chunks.size() <= read ? this : new Growth(lines).samples(chunks.subList(read, chunks.size()), times);
    }

    /** Makes a newer one. */
    private final class Growth {
        private CoreLine.Growth[] growing;

        Growth(CoreLine[] from) {
            growing = Arrays.stream(from).map(CoreLine.Growth::new).toArray(CoreLine.Growth[]::new);
        }

        CoreTimes slices(List<CoreSlice> slices, int from) {
            int end = slices.size();
            for (int i = from; i < end; i++) {
                CoreSlice slice = slices.get(i);
                add(slice.core(), slice.thread(), slice.start(), slice.end());
            }
            return done(true, end);
        }

        CoreTimes samples(List<SampleChunk> chunks, StateTimes times) {
            SampledCores cores = new SampledCores(recording, times.seen(), this::add);
            for (SampleChunk chunk : chunks) {
                cores.read(chunk, times.threads().size());
            }
            return done(false, read + chunks.size());
        }

        private void add(int core, int thread, long startNs, long endNs) {
            if (core < 0 || core >= MOST_CORES || thread < 0) {
                return;
            }
            if (core >= growing.length) {
                int before = growing.length;
                growing = Arrays.copyOf(growing, core + 1);
                for (int i = before; i <= core; i++) {
                    growing[i] = new CoreLine.Growth(CoreLine.NONE);
                }
            }
            growing[core].add(thread, startNs, endNs);
        }

        private CoreTimes done(boolean known, int now) {
            return new CoreTimes(recording, known, now, Arrays.stream(growing).map(CoreLine.Growth::done).toArray(CoreLine[]::new));
        }
    }

    /** Whether this comes from context switches; else it is an estimate from samples. */
    public boolean isExact() {
        return exact;
    }

    /** How many cores there are: those of the machine, and more where a thread was on one with a higher number. */
    public int cores() {
        return Math.max(recording.info().process().cores(), lines.length);
    }

    /** Whether a thread of the program was ever seen on a core. */
    public boolean isUsed(int core) {
        return core < lines.length && lines[core].count() > 0;
    }

    /** How many slices there are on all cores. */
    public long slices() {
        return Arrays.stream(lines).mapToLong(CoreLine::count).sum();
    }

    CoreLine line(int core) {
        return core < lines.length ? lines[core] : CoreLine.NONE;
    }

    /** What was on a core in each column, to the nanosecond of what there is. */
    public Shares columns(int core, Columns columns) {
        int count = columns.count();
        Shares shares = new Shares(new long[count], new int[count], new long[count]);
        CoreLine line = line(core);
        ThreadSums sums = new ThreadSums();
        int at = line.endingAfter(columns.edge(0));
        for (int i = 0; i < count; i++) {
            sums.clear();
            at = line.add(at, columns.edge(i), columns.edge(i + 1), sums);
            int most = sums.most();
            shares.busyNs[i] = sums.whole();
            shares.thread[i] = most;
            shares.mostNs[i] = most < 0 ? 0 : sums.ns(most);
        }
        return shares;
    }

    /** How long a core had a thread of the program on it. */
    public long busy(int core, long startNs, long endNs) {
        return columns(core, Columns.of(startNs, endNs)).busyNs[0];
    }

    /** Who was on a core at a moment; null where nobody of the program was seen there. */
    public @Nullable Slice at(int core, long ns) {
        return line(core).at(core, ns);
    }

    /** Where a thread was before a slice, looked for back to {@code earliestNs}; null where it was on no core since. */
    public @Nullable Slice before(Slice slice, long earliestNs) {
        Slice found = null;
        for (int core = 0; core < lines.length; core++) {
            long bound = found == null ? earliestNs : Math.max(earliestNs, found.endNs());
            CoreLine line = lines[core];
            for (int i = line.endingAfter(slice.startNs() - 1); i >= 0; i--) {
                if (i == line.count() || line.end(i) > slice.startNs()) {
                    continue;
                }
                if (line.end(i) <= bound) {
                    break;
                }
                if (line.thread(i) == slice.thread()) {
                    found = line.whole(core, i);
                    break;
                }
            }
        }
        return found;
    }

    /** Where a thread was after a slice, looked for up to {@code latestNs}; null where it was on no core until then. */
    public @Nullable Slice after(Slice slice, long latestNs) {
        Slice found = null;
        for (int core = 0; core < lines.length; core++) {
            long bound = found == null ? latestNs : Math.min(latestNs, found.startNs());
            CoreLine line = lines[core];
            for (int i = line.endingAfter(slice.endNs()); i < line.count() && line.start(i) < bound; i++) {
                if (line.thread(i) == slice.thread()) {
                    found = line.whole(core, i);
                    break;
                }
            }
        }
        return found;
    }

    /** The slices of a core that are in a viewport and wide enough to be written on. */
    public List<Slice> wide(int core, Viewport viewport, double narrowestPx) {
        CoreLine line = line(core);
        List<Slice> wide = new ArrayList<>();
        int seen = 0;
        for (int i = line.endingAfter(viewport.startNs()); i < line.count() && line.start(i) < viewport.endNs(); ) {
            if (++seen > MOST_READ) {
                return List.of();
            }
            Slice slice = line.whole(core, i);
            long from = Math.max(slice.startNs(), viewport.startNs());
            long to = Math.min(slice.endNs(), viewport.endNs());
            if (to - from >= narrowestPx * viewport.nsPerPx()) {
                wide.add(slice);
            }
            i = Math.max(i + 1, line.endingAfter(slice.endNs()));
        }
        return wide;
    }
}
