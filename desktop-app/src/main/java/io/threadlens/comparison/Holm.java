package io.threadlens.comparison;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which of many differences are real, when each of them had its chance to look so: with Holm's correction, in 95 of 100 families in which nothing differs none is
 * called real (S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979). They need not be
 * independent of each other.
 */
final class Holm {
    /** In how many families without a difference one is called real all the same. */
    static final double LEVEL = 0.05;

    private Holm() {}

    /**
     * @param chances how likely each is where nothing differs
     */
    static boolean[] real(double[] chances) {
        boolean[] real = new boolean[chances.length];
        int left = chances.length;
        for (int i : IntStream.range(0, chances.length).boxed().sorted(Comparator.comparingDouble(i -> chances[i])).toList()) {
            if (!(chances[i] <= LEVEL / left)) {
                break; // and none that is likelier
            }
            real[i] = true;
            left--;
        }
        return real;
    }
}
