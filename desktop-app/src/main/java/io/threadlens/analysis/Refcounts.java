package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Recording.RefcountLooks;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects whose reference counts are fought over. The shared count of an object that one thread has to itself does not change between two looks; of one that two threads
 * use as fast as they can, it changes at about four looks of ten.
 */
public final class Refcounts {
    /** Looks at one object that a judgement needs. */
    static final int LOOKS = 20;
    /** Share of the looks that found a change. */
    static final double SHARE = 0.1;
    /** Two threads fight within the same second: another at the same address later is another object. */
    private static final long WINDOW_NS = 1_000_000_000;

    private record Identity(long address, @Nullable String type) {}

    private record Line(Function function, int line) {
        static Line of(Frame frame) {
            return new Line(Function.of(frame), frame.line());
        }
    }

    private final Recording recording;
    private final TickAxis axis;

    private Refcounts(Recording recording) {
        this.recording = recording;
        this.axis = TickAxis.of(recording);
    }

    /** Most time first. */
    public static List<FoughtOver> of(Recording recording) {
        return new Refcounts(recording).find();
    }

    private List<FoughtOver> find() {
        if (axis.isEmpty()) {
            return List.of();
        }
        record Key(@Nullable String type, @Nullable Line place) {}
        Map<Key, Group> groups = new HashMap<>();
        fought().forEach((identity, tally) -> {
            Frame place = tally.places().isEmpty() ? null : tally.places().getFirst();
            groups.computeIfAbsent(new Key(identity.type, place == null ? null : Line.of(place)), key -> new Group(identity.type)).add(tally);
        });
        SampleRuns runs = new SampleRuns(recording);
        return groups.values().stream()
                .map(group -> group.result(runs))
                .sorted(Comparator.comparingDouble(FoughtOver::seconds).thenComparingLong(FoughtOver::changed).reversed())
                .toList();
    }

    /** The objects that at least two threads changed within a second, often. */
    private Map<Identity, Tally> fought() {
        Map<Identity, Tally> all = new HashMap<>();
        Map<Identity, Tally> window = new HashMap<>();
        long windowStart = Long.MIN_VALUE;
        for (RefcountLooks row : recording.refcounts()) {
            if (row.time() - WINDOW_NS >= windowStart) {
                keep(window, all);
                windowStart = row.time();
            }
            window.computeIfAbsent(new Identity(row.object(), row.type()), object -> new Tally()).add(row);
        }
        keep(window, all);
        all.values().removeIf(tally -> tally.looks < LOOKS || tally.changed < SHARE * tally.looks);
        return all;
    }

    private void keep(Map<Identity, Tally> window, Map<Identity, Tally> all) {
        window.forEach((object, tally) -> {
            if (tally.changers.size() >= 2) {
                all.computeIfAbsent(object, o -> new Tally()).add(tally);
            }
        });
        window.clear();
    }

    /** What was seen of an object, or of several. */
    private final class Tally {
        private long looks;
        private long changed;
        private long batch = Long.MIN_VALUE;
        private final Set<Integer> changers = new TreeSet<>();
        private final Map<Integer, Integer> looksOnStack = new HashMap<>();

        /** An object is looked at as often, on however many stacks it was met: of the rows of one batch, one counts. */
        void add(RefcountLooks row) {
            if (row.time() != batch) {
                batch = row.time();
                looks += row.looks();
                changed += row.changed();
            }
            if (row.changed() > 0) {
                changers.add(row.thread());
            }
            if (row.stack() >= 0) {
                looksOnStack.merge(row.stack(), row.looks(), Integer::sum);
            }
        }

        void add(Tally other) {
            looks += other.looks;
            changed += other.changed;
            changers.addAll(other.changers);
            other.looksOnStack.forEach((stack, count) -> looksOnStack.merge(stack, count, Integer::sum));
        }

        /** The innermost calls at their lines, most often first. */
        List<Frame> places() {
            Map<Frame, Integer> counts = new HashMap<>();
            looksOnStack.forEach((stack, count) -> {
                Frame leaf = recording.leaf(stack);
                if (leaf != null) {
                    counts.merge(leaf, count, Integer::sum);
                }
            });
            return counts.entrySet().stream()
                    .sorted(Map.Entry.<Frame, Integer>comparingByValue().reversed().thenComparing(entry -> entry.getKey().line()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private final class Group {
        private final String type;
        private final Tally sum = new Tally();
        private int objects;

        Group(@Nullable String type) {
            this.type = type == null ? "?" : type;
        }

        void add(Tally tally) {
            sum.add(tally);
            objects++;
        }

        FoughtOver result(SampleRuns runs) {
            List<Frame> places = sum.places();
            double seconds = StateSeconds.seconds(togetherNs(runs, places)) * sum.changed / sum.looks;
            return new FoughtOver(type, objects, List.copyOf(sum.changers), sum.looks, sum.changed, places, seconds);
        }

        /** Time of the threads on these lines, while at least two of them were: one alone has nobody to fight with. */
        private long togetherNs(SampleRuns runs, List<Frame> places) {
            Set<Line> lines = new HashSet<>();
            places.forEach(place -> lines.add(Line.of(place)));
            Map<Integer, Boolean> isThere = new HashMap<>();
            OpenTicks there = new OpenTicks();
            for (int thread : sum.changers) {
                runs.visit(thread, axis.first(), axis.end(), (from, to, state, flags, stack) -> {
                    boolean counts = state == ThreadState.RUNNING.code() && stack >= 0 && isThere.computeIfAbsent(stack, s -> lines.contains(leafLine(s)));
                    if (counts) {
                        there.add(from, to - from);
                    }
                });
            }
            long ns = 0;
            for (int tick = axis.first(); tick < axis.end(); tick++) {
                int threads = there.close();
                ns += threads < 2 ? 0 : threads * axis.seen(tick, tick + 1);
            }
            return ns;
        }

        private @Nullable Line leafLine(int stack) {
            Frame leaf = recording.leaf(stack);
            return leaf == null ? null : Line.of(leaf);
        }
    }
}
