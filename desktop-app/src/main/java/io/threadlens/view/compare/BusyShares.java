package io.threadlens.view.compare;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Run;
import io.threadlens.comparison.Side;
import java.util.List;
import java.util.stream.IntStream;

/**
 * For how long how many cores were busy on both sides, on average over their runs.
 *
 * @param a     seconds by number of busy cores, as far as a side ever came, or could have come; as many as of {@code b}
 * @param ideal how many cores could have been busy all the time
 */
record BusyShares(List<Double> a, List<Double> b, double meanA, double meanB, int ideal) {
    static BusyShares of(Comparison comparison) {
        int ideal = comparison.decomposition().cores();
        int most = Math.max(ideal, Math.max(most(comparison.a()), most(comparison.b())));
        return new BusyShares(
                seconds(comparison.a(), most), seconds(comparison.b(), most), comparison.a().mean(Run::meanBusyCores), comparison.b().mean(Run::meanBusyCores), ideal);
    }

    private static int most(Side side) {
        int most = 0;
        for (Run run : side.runs()) {
            for (int busy = most + 1; busy < run.busyCores().size(); busy++) {
                most = run.busyCores().get(busy) > 0 ? busy : most;
            }
        }
        return most;
    }

    private static List<Double> seconds(Side side, int most) {
        return IntStream.rangeClosed(0, most).mapToObj(busy -> side.mean(run -> busy < run.busyCores().size() ? run.busyCores().get(busy) : 0)).toList();
    }

    int numbers() {
        return a.size();
    }

    double shareA(int busy) {
        return share(a, busy);
    }

    double shareB(int busy) {
        return share(b, busy);
    }

    private static double share(List<Double> seconds, int busy) {
        double all = seconds.stream().mapToDouble(Double::doubleValue).sum();
        return all == 0 ? 0 : seconds.get(busy) / all;
    }

    /** What a person reads of a number of busy cores. */
    String words(int busy) {
        return (busy == 1 ? "1 busy core" : busy + " busy cores") + ": A " + Numbers.percent(shareA(busy)) + " of the time, " + Numbers.seconds(a.get(busy)) + ";  B "
                + Numbers.percent(shareB(busy)) + ", " + Numbers.seconds(b.get(busy)) + ".";
    }
}
