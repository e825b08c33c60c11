package io.threadlens.comparison;

import io.threadlens.comparison.Landmarks.Kind;
import io.threadlens.comparison.Landmarks.Landmark;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.StateTimes;
import java.util.ArrayList;
import java.util.List;

/**
 * The moments at which two recordings of one program are at the same place in it, and time between them in proportion: the beginnings of what the main thread
 * does, the starts and ends of threads of the same role, marks with the same text. Beginning and end always belong together. Immutable.
 *
 * <pre>{@code
 * PhaseMatch phases = PhaseMatch.of(a.times(), b.times());
 * long there = phases.map().toB(here);
 * }</pre>
 *
 * @param phases  how many phases of the main thread were found in both
 * @param threads how many starts and ends of threads
 * @param marks   how many ends of marks
 */
public record PhaseMatch(TimeMap map, int phases, int threads, int marks) {
    /** Moments nearer to each other than this part of a recording say nothing about the time between them. */
    private static final double NEAREST = 0.0025;

    public static PhaseMatch of(StateTimes a, StateTimes b) {
        TimeRange ofA = a.range();
        TimeRange ofB = b.range();
        long apartA = Math.round(ofA.lengthNs() * NEAREST) + 1;
        long apartB = Math.round(ofB.lengthNs() * NEAREST) + 1;
        List<TimeMap.Point> points = new ArrayList<>();
        points.add(new TimeMap.Point(ofA.startNs(), ofB.startNs()));
        int[] kinds = new int[Kind.values().length];
        for (Pair pair : common(Landmarks.of(a), Landmarks.of(b))) {
            TimeMap.Point point = new TimeMap.Point(pair.a().ns(), pair.b().ns());
            TimeMap.Point last = points.getLast();
            if (point.a() - last.a() >= apartA && point.b() - last.b() >= apartB && ofA.endNs() - point.a() >= apartA && ofB.endNs() - point.b() >= apartB) {
                points.add(point);
                kinds[pair.a().kind().ordinal()]++;
            }
        }
        // An empty recording has a beginning and an end too.
        points.add(new TimeMap.Point(Math.max(ofA.endNs(), ofA.startNs() + 1), Math.max(ofB.endNs(), ofB.startNs() + 1)));
        return new PhaseMatch(TimeMap.of(points), kinds[Kind.PHASE.ordinal()], kinds[Kind.THREAD.ordinal()], kinds[Kind.MARK.ordinal()]);
    }

    /** Whether anything but beginning and end matches. */
    public boolean isStretched() {
        return phases + threads + marks == 0;
    }

    /** What matches, in words. */
    public String words() {
        if (isStretched()) {
            return "only beginning and end match: stretched";
        }
        List<String> parts = new ArrayList<>();
        add(parts, phases, "beginning of a phase of the main thread", "beginnings of phases of the main thread");
        add(parts, threads, "start or end of threads", "starts and ends of threads");
        add(parts, marks, "mark", "marks");
        return String.join(", ", parts) + (phases + threads + marks == 1 ? " matches" : " match") + "; between them time is stretched";
    }

    private static void add(List<String> parts, int count, String one, String many) {
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : many));
        }
    }

    private record Pair(Landmark a, Landmark b) {}

    /** What both have in the same order, as much of it as can be. */
    private static List<Pair> common(List<Landmark> a, List<Landmark> b) {
        int[][] most = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                int without = Math.max(most[i + 1][j], most[i][j + 1]);
                most[i][j] = isSame(a.get(i), b.get(j)) ? Math.max(without, most[i + 1][j + 1] + weight(a.get(i))) : without;
            }
        }
        List<Pair> common = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            if (isSame(a.get(i), b.get(j)) && most[i][j] == most[i + 1][j + 1] + weight(a.get(i))) {
                common.add(new Pair(a.get(i++), b.get(j++)));
            } else if (most[i + 1][j] >= most[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }

    private static boolean isSame(Landmark a, Landmark b) {
        return a.kind() == b.kind() && a.what().equals(b.what());
    }

    /** Where two kinds contradict each other: what a person wrote says more than where the program is, and that more than how threads came and went. */
    private static int weight(Landmark landmark) {
        return switch (landmark.kind()) {
            case MARK -> 3;
            case PHASE -> 2;
            case THREAD -> 1;
        };
    }
}
