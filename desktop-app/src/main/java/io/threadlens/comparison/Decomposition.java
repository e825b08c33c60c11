package io.threadlens.comparison;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rest of the speed-up went. Each side has so many cores for so long; what of that is not the work that a does at its best is lost, and divided.
 * Times are core-seconds, on average over the runs of a side: {@code cores × wall = work + the losses} for each.
 *
 * @param cores  that b could have used
 * @param coresA that a could have used
 * @param work   the program's work: a's time on a core, without what it lost to reference counts
 * @param wallA  seconds
 * @param wallB  seconds
 * @param parts  every class of loss, in its order
 */
public record Decomposition(int cores, int coresA, double work, double wallA, double wallB, List<Part> parts) {
    /** What each side lost to a class. Negative where b needs less time on its cores for the same work. */
    public record Part(LossClass kind, double a, double b) {}

    /**
     * @param gilOn the build of b with the GIL on, where it was recorded: it tells what that build costs by itself
     */
    static Decomposition of(Side a, Side b, @Nullable Side gilOn) {
        int wanted = Math.max(wanted(a), wanted(b));
        int coresA = cores(a, wanted);
        int cores = cores(b, wanted);
        double workA = a.mean(run -> run.losses().work());
        double workB = b.mean(run -> run.losses().work());
        double refcountsA = Math.min(a.mean(Run::refcounts), workA / 2);
        double work = workA - refcountsA;
        double more = workB - work;
        double refcountsB = b.mean(Run::refcounts);
        double slower;
        double unexplained;
        if (gilOn == null) {
            // An upper bound explains no more than there is; what else makes the same work take longer cannot be told apart from slower code.
            refcountsB = Math.min(refcountsB, Math.max(0, more));
            slower = more - refcountsB;
            unexplained = 0;
        } else {
            // Where b needs even less, that is all that the code costs more.
            slower = Math.min(gilOn.mean(run -> run.losses().work()) - workA, more);
            refcountsB = Math.min(refcountsB, Math.max(0, more - slower));
            unexplained = more - slower - refcountsB;
        }
        List<Part> parts = new ArrayList<>();
        for (LossClass kind : LossClass.values()) {
            double lostA = a.mean(run -> run.losses().on(coresA).of(kind));
            double lostB = b.mean(run -> run.losses().on(cores).of(kind));
            parts.add(switch (kind) {
                case REFCOUNT -> new Part(kind, refcountsA, refcountsB);
                case SLOWER_CODE -> new Part(kind, 0, slower);
                case UNEXPLAINED -> new Part(kind, lostA, lostB + unexplained);
                default -> new Part(kind, lostA, lostB);
            });
        }
        return new Decomposition(cores, coresA, work, a.mean(Run::wall), b.mean(Run::wall), parts);
    }

    /** As many as the program wanted on either side, or as there are. */
    private static int cores(Side side, int wanted) {
        return Math.max(1, Math.min(side.runs().stream().mapToInt(run -> run.info().process().cores()).max().orElse(1), wanted));
    }

    private static int wanted(Side side) {
        return side.runs().stream().mapToInt(Run::wanted).max().orElse(1);
    }

    public Part part(LossClass kind) {
        return parts.get(kind.ordinal());
    }

    /** How long b would take if its cores did nothing but the work, seconds. */
    public double idealWall() {
        return work / cores;
    }

    /** How many times as fast as a that would be. */
    public double idealSpeedup() {
        return wallA / idealWall();
    }

    public double speedup() {
        return wallA / wallB;
    }
}
