package io.threadlens.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The differences of all figures of one table, judged together: the more rows it has, the likelier one of them looks different by chance. Where both sides have
 * several runs {@link Welch} says how likely, and {@link Holm} how likely is too likely; else {@link Noise} decides.
 */
public final class Differences {
    private Differences() {}

    /**
     * One figure on both sides.
     *
     * @param a null where it is not known on that side
     */
    public record Sides(@Nullable Estimate a, @Nullable Estimate b) {}

    /** Of figures of the program as a whole: wall time, work, mean of the busy cores. */
    public static List<Difference> ofWholes(List<Sides> family, Noise noise) {
        return of(family, noise.ofWholes());
    }

    /** Of parts of its time, in seconds: by function, state, thread or lock. */
    public static List<Difference> ofParts(List<Sides> family, Noise noise) {
        return of(family, noise.ofParts());
    }

    private static List<Difference> of(List<Sides> family, Noise.Rule rule) {
        double[] chances = family.stream().filter(sides -> isTested(sides, rule)).mapToDouble(sides -> chance(sides, rule)).toArray();
        boolean[] real = Holm.real(chances);
        List<Difference> differences = new ArrayList<>();
        int tested = 0;
        for (Sides sides : family) {
            Estimate a = sides.a;
            Estimate b = sides.b;
            if (a == null || b == null) {
                differences.add(Difference.unknown(a, b));
            } else if (!isRepeated(a, b)) {
                double allowance = rule.allowance(a.value(), b.value());
                differences.add(Difference.of(a, b, allowance, Math.abs(b.value() - a.value()) > allowance));
            } else {
                differences.add(Difference.of(a, b, welch(a, b, rule).halfWidth(), isTested(sides, rule) && real[tested++]));
            }
        }
        return differences;
    }

    private static boolean isRepeated(Estimate a, Estimate b) {
        return a.hasInterval() && b.hasInterval();
    }

    /** What is too small to matter on either side does not make it harder for the others to be called real. */
    private static boolean isTested(Sides sides, Noise.Rule rule) {
        Estimate a = sides.a;
        Estimate b = sides.b;
        return a != null && b != null && isRepeated(a, b) && Math.max(a.value(), b.value()) >= rule.least();
    }

    private static double chance(Sides sides, Noise.Rule rule) {
        Estimate a = Objects.requireNonNull(sides.a);
        Estimate b = Objects.requireNonNull(sides.b);
        return welch(a, b, rule).chance(b.value() - a.value());
    }

    private static Welch welch(Estimate a, Estimate b, Noise.Rule rule) {
        double grain = rule.grain() * (a.value() / a.runs() + b.value() / b.runs());
        return Welch.of(a.variance(), a.runs(), b.variance(), b.runs(), grain);
    }
}
