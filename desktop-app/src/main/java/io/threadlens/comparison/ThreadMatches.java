package io.threadlens.comparison;

import io.threadlens.analysis.StateSeconds;
import io.threadlens.comparison.Run.ThreadFigures;
import io.threadlens.model.ThreadState;
import io.threadlens.timeline.ThreadRoles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which threads of b do what those of a do, by group: first those of the same names and the same function, then those of the same function, then those of the same
 * names, then those that spend their time in the same functions. What finds no partner has none.
 *
 * @param groups most to do first
 */
public record ThreadMatches(List<Group> groups) {
    /** How a group was found on the other side. */
    public enum By {
        NAME_AND_FUNCTION("same names and function"),
        FUNCTION("same function"),
        NAME("same names"),
        LIKENESS("alike in what they do"),
        NOTHING("only on one side");

        private final String words;

        By(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * @param onCore  seconds of all its threads
     * @param waiting for locks, for the GIL, and for pauses to end
     * @param threads of the first run of each side, in their order
     */
    public record Group(@Nullable RoleGroup a, @Nullable RoleGroup b, By by, Difference onCore, Difference waiting, List<Pair> threads) {
        /** As it is in b, or, where b has none, in a. */
        public RoleGroup any() {
            return Objects.requireNonNull(b != null ? b : a);
        }
    }

    /** Threads with the same place in their groups; null where the other side has more. */
    public record Pair(@Nullable ThreadFigures a, @Nullable ThreadFigures b) {}

    static Supplier<ThreadMatches> of(Side a, Side b, Judge judge) {
        Matcher matcher = new Matcher(a, b);
        Supplier<List<Difference>> onCore = judge.ofParts(matcher.sides(StateSeconds::onCore));
        Supplier<List<Difference>> waiting =
                judge.ofParts(matcher.sides(states -> states.of(ThreadState.LOCK) + states.of(ThreadState.GIL) + states.of(ThreadState.PAUSED)));
        return () -> new ThreadMatches(matcher.groups(onCore.get(), waiting.get()));
    }

    private record Match(@Nullable RoleGroup a, @Nullable RoleGroup b, By by) {}

    private static final class Matcher {
        /** Cosine of the times by function, from where on two groups do the same. */
        private static final double ALIKE = 0.7;
        /** So many groups without a partner, those with most to do, are asked for likeness; each is compared with each. */
        private static final int MOST = 100;

        private final int runsA;
        private final int runsB;
        private final Map<RoleGroup.Key, RoleGroup> a;
        private final Map<RoleGroup.Key, RoleGroup> b;
        private final List<Match> matches = new ArrayList<>();

        Matcher(Side a, Side b) {
            this.a = RoleGroup.of(a);
            this.b = RoleGroup.of(b);
            runsA = a.runs().size();
            runsB = b.runs().size();
            for (Iterator<Map.Entry<RoleGroup.Key, RoleGroup>> each = this.a.entrySet().iterator(); each.hasNext(); ) {
                Map.Entry<RoleGroup.Key, RoleGroup> entry = each.next();
                RoleGroup other = entry.getKey().role().equals(ThreadRoles.UNKNOWN) ? null : this.b.remove(entry.getKey());
                if (other != null) {
                    matches.add(new Match(entry.getValue(), other, By.NAME_AND_FUNCTION));
                    each.remove();
                }
            }
            match(By.FUNCTION, group -> group.role().equals(ThreadRoles.UNKNOWN) ? null : group.role());
            match(By.NAME, RoleGroup::pattern);
            matchAlike();
            this.a.values().forEach(group -> matches.add(new Match(group, null, By.NOTHING)));
            this.b.values().forEach(group -> matches.add(new Match(null, group, By.NOTHING)));
        }

        /** Of several that have the same in common the first to start goes with the first. */
        private void match(By by, Function<RoleGroup, @Nullable Object> common) {
            Map<Object, List<RoleGroup>> ofB = new HashMap<>();
            for (RoleGroup group : inOrder(b)) {
                Object key = common.apply(group);
                if (key != null) {
                    ofB.computeIfAbsent(key, k -> new ArrayList<>()).add(group);
                }
            }
            for (RoleGroup group : inOrder(a)) {
                Object key = common.apply(group);
                List<RoleGroup> others = key == null ? null : ofB.get(key);
                if (others != null && !others.isEmpty()) {
                    put(group, others.removeFirst(), by);
                }
            }
        }

        private static List<RoleGroup> inOrder(Map<RoleGroup.Key, RoleGroup> groups) {
            return groups.values().stream().sorted(Comparator.comparingDouble(RoleGroup::start)).toList();
        }

        private void put(RoleGroup ofA, RoleGroup ofB, By by) {
            matches.add(new Match(ofA, ofB, by));
            a.remove(ofA.key());
            b.remove(ofB.key());
        }

        private void matchAlike() {
            record Candidate(RoleGroup a, RoleGroup b, double likeness) {}
            List<Top> ofB = tops(b);
            List<Candidate> candidates = new ArrayList<>();
            for (Top one : tops(a)) {
                for (Top other : ofB) {
                    double likeness = likeness(one.functions, other.functions);
                    if (likeness >= ALIKE) {
                        candidates.add(new Candidate(one.group, other.group, likeness));
                    }
                }
            }
            candidates.sort(Comparator.comparingDouble(Candidate::likeness).reversed());
            for (Candidate candidate : candidates) {
                if (a.containsKey(candidate.a.key()) && b.containsKey(candidate.b.key())) {
                    put(candidate.a, candidate.b, By.LIKENESS);
                }
            }
        }

        private record Top(RoleGroup group, Map<String, Double> functions) {}

        private static List<Top> tops(Map<RoleGroup.Key, RoleGroup> groups) {
            return groups.values().stream()
                    .sorted(Comparator.comparingDouble((RoleGroup group) -> group.states().active()).reversed())
                    .limit(MOST)
                    .map(group -> new Top(group, group.top()))
                    .toList();
        }

        private static double likeness(Map<String, Double> one, Map<String, Double> other) {
            double product = 0;
            for (Map.Entry<String, Double> entry : one.entrySet()) {
                product += entry.getValue() * other.getOrDefault(entry.getKey(), 0.0);
            }
            double lengths = Math.sqrt(squares(one) * squares(other));
            return lengths == 0 ? 0 : product / lengths;
        }

        private static double squares(Map<String, Double> seconds) {
            return seconds.values().stream().mapToDouble(s -> s * s).sum();
        }

        List<Group> groups(List<Difference> onCore, List<Difference> waiting) {
            List<Group> groups = new ArrayList<>();
            for (int i = 0; i < matches.size(); i++) {
                Match match = matches.get(i);
                groups.add(new Group(match.a, match.b, match.by, onCore.get(i), waiting.get(i), pairs(match)));
            }
            groups.sort(Comparator.comparingDouble((Group group) -> Math.max(active(group.a), active(group.b))).reversed());
            return List.copyOf(groups);
        }

        private static double active(@Nullable RoleGroup group) {
            return group == null ? 0 : group.states().active();
        }

        List<Differences.Sides> sides(ToDoubleFunction<StateSeconds> figure) {
            return matches.stream().map(match -> new Differences.Sides(estimate(match.a, runsA, figure), estimate(match.b, runsB, figure))).toList();
        }

        /** Of threads that are not there: they took no time. */
        private static Estimate estimate(@Nullable RoleGroup group, int runs, ToDoubleFunction<StateSeconds> figure) {
            return Estimate.of(group == null ? new double[runs] : group.each(figure));
        }

        private static List<Pair> pairs(Match match) {
            List<ThreadFigures> ofA = match.a == null ? List.of() : match.a.byRun().getFirst();
            List<ThreadFigures> ofB = match.b == null ? List.of() : match.b.byRun().getFirst();
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < Math.max(ofA.size(), ofB.size()); i++) {
                pairs.add(new Pair(i < ofA.size() ? ofA.get(i) : null, i < ofB.size() ? ofB.get(i) : null));
            }
            return pairs;
        }
    }
}
