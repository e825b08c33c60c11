package io.threadlens.timeline;

import io.threadlens.model.Moments;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a thread had of the cores in some part of a recording.
 *
 * @param coreNs     time on each core, by its number
 * @param migrations how often it came to another core than it was on before; where cores are known only from samples, at least so often
 */
public record CoreUse(int thread, long[] coreNs, int migrations) {
    /** Time on all cores. */
    public long onCoreNs() {
        long sum = 0;
        for (long ns : coreNs) {
            sum += ns;
        }
        return sum;
    }

    /** The cores it was on, ascending. */
    public List<Integer> cores() {
        List<Integer> used = new ArrayList<>();
        for (int core = 0; core < coreNs.length; core++) {
            if (coreNs[core] > 0) {
                used.add(core);
            }
        }
        return used;
    }

    /**
     * Of every thread, by its number.
     *
     * @param moments that count; null for all of the range
     */
    public static List<CoreUse> of(CoreTimes cores, StateTimes times, TimeRange range, @Nullable Moments moments) {
        int threads = times.threads().size();
        long[][] coreNs = new long[threads][cores.cores()];
        int[] migrations = new int[threads];
        int[] lastCore = new int[threads];
        Arrays.fill(lastCore, -1);
        Recording recording = times.recording();
        // All cores' slices in order of their start.
        PriorityQueue<Place> places = new PriorityQueue<>((a, b) -> Long.compare(a.start(), b.start()));
        for (int core = 0; core < cores.cores(); core++) {
            Place first = new Place(core, cores.line(core), cores.line(core).endingAfter(range.startNs()));
            if (first.isWithin(range)) {
                places.add(first);
            }
        }
        while (!places.isEmpty()) {
            Place place = places.remove();
            int thread = place.line.thread(place.at);
            if (thread < threads) {
                long start = Math.max(range.startNs(), place.start());
                long end = Math.min(range.endNs(), place.line.end(place.at));
                coreNs[thread][place.core] += moments == null ? end - start : chosen(recording, moments, start, end);
                boolean came = lastCore[thread] >= 0 && lastCore[thread] != place.core;
                if (came && (moments == null || moments.contains(recording.tickAt(start)))) {
                    migrations[thread]++;
                }
                lastCore[thread] = place.core;
            }
            place.at++;
            if (place.isWithin(range)) {
                places.add(place);
            }
        }
        List<CoreUse> all = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            all.add(new CoreUse(thread, coreNs[thread], migrations[thread]));
        }
        return all;
    }

    private static long chosen(Recording recording, Moments moments, long startNs, long endNs) {
        long[] sum = new long[1];
        int ticks = recording.tickCount();
        moments.visit(Math.max(0, recording.tickAt(startNs)), Math.min(ticks, recording.tickAt(endNs) + 1), (from, to) -> {
            long start = Math.max(startNs, recording.tickTime(from));
            long end = Math.min(endNs, recording.tickEnd(to - 1));
            sum[0] += Math.max(0, end - start);
        });
        return sum[0];
    }

    /** A slice of a core's line, to be moved on. */
    private static final class Place {
        private final int core;
        private final CoreLine line;
        private int at;

        Place(int core, CoreLine line, int at) {
            this.core = core;
            this.line = line;
            this.at = at;
        }

        long start() {
            return line.start(at);
        }

        boolean isWithin(TimeRange range) {
            return at < line.count() && line.start(at) < range.endNs();
        }
    }
}
