package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Census;
import io.threadlens.recording.Nodes;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.SeenTime;
import io.threadlens.recording.Summary;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a recording with the running totals over the rows of each, and for each thread where among them it is. The totals of a saved recording lie in
 * its file; of one that grows they are counted here.
 *
 * <p>Immutable; {@link #grow} gives a newer one, which shares what was already counted: only the chunk that still grows is counted again.
 */
final class Forest {
    static final Forest NONE = new Forest(new Chunk[0], 0, new Trail[0], new Trail[0], Trail.NONE);

    private final Chunk[] chunks;
    /** How many chunks, from the first, will never change again. */
    private final int settled;
    /** By thread, of the chunks that are settled, and of all. */
    private final Trail[] settledTrails;

    private final Trail[] trails;
    private final Trail together;

    private Forest(Chunk[] chunks, int settled, Trail[] settledTrails, Trail[] trails, Trail together) {
        this.chunks = chunks;
        this.settled = settled;
        this.settledTrails = settledTrails;
        this.trails = trails;
        this.together = together;
    }

    /**
     * A chunk, and what is counted of it.
     *
     * @param rows   of its threads
     * @param census of all threads together; null where nobody has counted them
     */
    record Chunk(SampleChunk samples, Nodes nodes, Nodes.Runs rows, @Nullable Census census) {}

    /**
     * The same with what was recorded since.
     *
     * @param now   the chunks that there are
     * @param live  whether the last of them may still grow
     * @param known how many threads there are
     * @param seen  the ticks of all chunks, and perhaps some more
     */
    Forest grow(List<SampleChunk> now, boolean live, int known, SeenTime seen) {
        Chunk[] grown = Arrays.copyOf(chunks, now.size());
        Trail[] kept = atLeast(settledTrails, known);
        Trail all = together;
        int done = settled;
        // The end of the last tick moves when the next one comes, so a chunk settles only with a tick behind it.
        while (done < now.size() && (!live || done + 1 < now.size() && now.get(done).endTick() < seen.ticks())) {
            grown[done] = counted(now.get(done), seen, kept, grown);
            all = add(kept, grown[done].nodes(), done, all, true);
            done++;
        }
        Trail[] shown = done == now.size() ? kept : kept.clone();
        for (int i = done; i < now.size(); i++) {
            grown[i] = counted(now.get(i), seen, shown, grown);
            add(shown, grown[i].nodes(), i, all, false);
        }
        return new Forest(grown, done, kept, shown, all);
    }

    /** The chunks that will never change again. */
    List<SampleChunk> settledChunks() {
        return Arrays.stream(chunks, 0, settled).map(Chunk::samples).toList();
    }

    private static Trail[] atLeast(Trail[] trails, int threads) {
        Trail[] more = Arrays.copyOf(trails, Math.max(trails.length, threads));
        Arrays.fill(more, trails.length, more.length, Trail.NONE);
        return more;
    }

    private static Chunk counted(SampleChunk chunk, SeenTime seen, Trail[] trails, Chunk[] before) {
        Summary summary = chunk.summary();
        if (summary != null) {
            return new Chunk(chunk, summary.nodes(), Nodes.runs(chunk), summary.census());
        }
        Nodes nodes = Nodes.of(chunk, seen, (thread, out) -> {
            Trail trail = thread < trails.length ? trails[thread] : Trail.NONE;
            int last = trail.count() - 1;
            if (last < 0) {
                Arrays.fill(out, 0);
            } else {
                before[trail.chunk(last)].nodes().times(trail.lastNode(last), out);
            }
        });
        return new Chunk(chunk, nodes, Nodes.runs(chunk), null);
    }

    /** Adds a chunk's threads to their trails; returns that of all together. */
    private static Trail add(Trail[] trails, Nodes nodes, int chunk, Trail together, boolean settled) {
        Trail all = together;
        for (int i = 0; i < nodes.threads(); i++) {
            int thread = nodes.thread(i);
            int first = nodes.first(i);
            int end = nodes.end(i);
            if (thread == Nodes.ALL) {
                all = all.plus(chunk, nodes.tick(first), first, end);
            } else if (thread < trails.length) {
                trails[thread] = settled
                        ? trails[thread].plus(chunk, nodes.tick(first), first, end)
                        : trails[thread].plusApart(chunk, nodes.tick(first), first, end);
            }
        }
        return all;
    }

    Chunk chunk(int i) {
        return chunks[i];
    }

    Trail trail(int thread) {
        return thread < trails.length ? trails[thread] : Trail.NONE;
    }

    /** Whether all threads together are counted. */
    boolean hasTogether() {
        return together.count() == chunks.length;
    }

    /** Goes through the runs of one thread. */
    Walk walk(int thread, SeenTime seen) {
        return new Walk(this, trail(thread), false, seen);
    }

    /** Goes through the runs of all threads together. */
    Walk walkTogether(SeenTime seen) {
        return new Walk(this, together, true, seen);
    }

    /** The totals of a thread, or of all, at one moment after another; moments asked for in order share the way. Not for several threads at once. */
    static final class Walk {
        private final Forest forest;
        private final Trail trail;
        private final boolean together;
        private final SeenTime seen;
        /** Totals before {@link #row}. */
        private final long[] sum = new long[ThreadState.COUNT];

        private final long[] behind = new long[ThreadState.COUNT];
        private int index = -1;
        private Nodes nodes;
        private Nodes.Runs rows;
        private int firstNode;
        private int lastNode;
        /** Where the thread's rows in the chunk begin, and end. */
        private int firstRow;

        private int lastRow;
        /** The last node at or before the moment, and the tick of the next one. */
        private int node;

        private int nextTick;
        /** How far the last leap went: the next one may well be as far. */
        private int leap = 1;
        /** Whether the rest of this is of the moment as well. */
        private boolean amongRows;
        /** The last row that began at or before the moment, and the row of the next node: equal behind the last. */
        private int row;

        private int endRow;
        /** Seen time before that row, and with it. */
        private long from;

        private long to;

        @SuppressWarnings("NullAway.Init") // of no use before the first chunk is entered
        private Walk(Forest forest, Trail trail, boolean together, SeenTime seen) {
            this.forest = forest;
            this.trail = trail;
            this.together = together;
            this.seen = seen;
        }

        /**
         * The totals from the beginning of the recording up to a moment.
         *
         * @param tick   the last tick that began at or before it; not before that of the last call
         * @param seenNs how much was seen up to it
         */
        void totals(int tick, long seenNs, long[] out) {
            if (!reach(tick)) {
                Arrays.fill(out, 0);
                return;
            }
            if (!amongRows) {
                goTo(tick);
            } else if (row + 1 < endRow && rows.tick(row + 1) <= tick) {
                int found = lastBefore(tick, row + 1);
                rows.add(row, found, seen, sum);
                stayAt(found);
            }
            System.arraycopy(sum, 0, out, 0, sum.length);
            if (row < endRow) {
                rows.add(row, Math.max(0, Math.min(seenNs, to) - from), out);
            }
        }

        /**
         * The totals at a node beside a moment, where one is near enough; no row is read for them.
         *
         * @param tick  the last tick that began at or before the moment; not before that of the last call
         * @param slack so many ticks from it is near enough
         * @return the tick at whose beginning these are the totals; −1 where no node is near
         */
        int totalsNear(int tick, int slack, long[] out) {
            if (!reach(tick)) {
                return -1;
            }
            int near = nodes.tick(node);
            if (tick - near <= slack) {
                nodes.times(node, out);
                return near;
            }
            if (nextTick - tick <= slack) {
                nodes.times(node + 1, out);
                return nextTick;
            }
            return -1;
        }

        /** Goes to the last node at or before a tick; false where there is none. */
        private boolean reach(int tick) {
            int at = trail.floor(tick, index);
            if (at < 0) {
                return false;
            }
            if (at != index) {
                enter(at);
                goToNode(lastNodeBefore(tick, firstNode));
            } else if (nextTick <= tick) {
                goToNode(lastNodeBefore(tick, node + 1));
            }
            return true;
        }

        private void goToNode(int at) {
            node = at;
            nextTick = at == lastNode ? Integer.MAX_VALUE : nodes.tick(at + 1);
            amongRows = false;
        }

        private void enter(int at) {
            index = at;
            Chunk chunk = forest.chunks[trail.chunk(at)];
            nodes = chunk.nodes();
            rows = together && chunk.census() != null ? chunk.census() : chunk.rows();
            firstNode = trail.firstNode(at);
            lastNode = trail.lastNode(at);
            firstRow = nodes.row(firstNode);
            lastRow = nodes.row(lastNode);
        }

        /** Goes to the last row that begins at or before a tick, by the node before it or the one behind, whichever is nearer. */
        private void goTo(int tick) {
            amongRows = true;
            if (node == lastNode) {
                row = lastRow;
                endRow = lastRow;
                nodes.times(node, sum);
                return;
            }
            int first = rowOf(node);
            endRow = rowOf(node + 1);
            int found = lastBefore(tick, first);
            if (found - first <= endRow - found) {
                nodes.times(node, sum);
                rows.add(first, found, seen, sum);
            } else {
                Arrays.fill(sum, 0);
                rows.add(found, endRow, seen, sum);
                nodes.times(node + 1, behind);
                for (int state = 0; state < sum.length; state++) {
                    sum[state] = behind[state] - sum[state];
                }
            }
            stayAt(found);
        }

        private int rowOf(int at) {
            return at == lastNode ? lastRow : firstRow + (at - firstNode) * Nodes.STRIDE;
        }

        private int lastNodeBefore(int tick, int least) {
            int low = least;
            int high = lastNode;
            for (int step = leap; low + step <= high; step *= 2) {
                if (nodes.tick(low + step) > tick) {
                    high = low + step - 1;
                } else {
                    low += step;
                }
            }
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (nodes.tick(middle) <= tick) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            leap = Math.max(1, low - least);
            return low;
        }

        /** The last row before the next node that begins at or before a tick, {@code least} or a later one. */
        private int lastBefore(int tick, int least) {
            int low = least;
            int high = endRow - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (rows.tick(middle) <= tick) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        private void stayAt(int at) {
            row = at;
            int tick = rows.tick(at);
            from = seen.before(tick);
            to = seen.before(tick + rows.count(at));
        }
    }
}
