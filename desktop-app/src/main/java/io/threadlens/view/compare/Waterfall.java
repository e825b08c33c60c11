package io.threadlens.view.compare;

import io.threadlens.comparison.Decomposition;
import io.threadlens.comparison.Decomposition.Part;
import io.threadlens.comparison.LossClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The steps from the best b could do to what it did, in seconds of wall time: {@code ideal + every step = wall of b}. Of the losses the greatest comes first, those that
 * are gains come last; what is too little to be looked at is one step.
 *
 * @param wallA seconds
 * @param wallB seconds
 * @param cores that b could have used
 */
record Waterfall(List<Step> steps, double wallA, double wallB, int cores) {
    /** Classes that together are less than this share of b's wall are one step. */
    private static final double NEGLIGIBLE = 0.005;

    enum Kind {
        /** The whole of a, to compare with. */
        BASELINE,
        /** The work of a on all cores that b could use. */
        IDEAL,
        LOSS,
        /** Several classes that are negligible. */
        OTHER,
        /** The whole of b. */
        REACHED
    }

    /**
     * A bar, seconds of wall.
     *
     * @param from   where it begins; more than {@code to} where b has won time
     * @param losses what it is of; empty where it is no loss
     * @param lostA  what a lost to these, core-seconds
     * @param lostB  what b lost
     */
    record Step(Kind kind, double from, double to, List<LossClass> losses, double lostA, double lostB) {
        double seconds() {
            return to - from;
        }

        /** The class where it is one. */
        @Nullable LossClass loss() {
            return kind == Kind.LOSS ? losses.getFirst() : null;
        }

        String name() {
            return switch (kind) {
                case BASELINE -> "A";
                case IDEAL -> "ideal";
                case LOSS -> losses.getFirst().label();
                case OTHER -> "other";
                case REACHED -> "B";
            };
        }

        String words() {
            return switch (kind) {
                case BASELINE, REACHED -> "";
                case IDEAL -> "nothing but the work of a, on all usable cores";
                case LOSS -> losses.getFirst().words().equals(name()) ? "" : losses.getFirst().words();
                case OTHER -> losses.stream().map(LossClass::label).collect(Collectors.joining(", "));
            };
        }
    }

    static Waterfall of(Decomposition d) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(Kind.BASELINE, 0, d.wallA(), List.of(), 0, 0));
        steps.add(new Step(Kind.IDEAL, 0, d.idealWall(), List.of(), 0, 0));
        double at = d.idealWall();
        Set<LossClass> little = negligible(d);
        for (Part part : d.parts().stream().sorted(Comparator.comparingDouble(Part::b).reversed()).toList()) {
            if (part.b() != 0 && !little.contains(part.kind())) {
                steps.add(new Step(Kind.LOSS, at, at + part.b() / d.cores(), List.of(part.kind()), part.a(), part.b()));
                at += part.b() / d.cores();
            }
        }
        if (!little.isEmpty()) {
            List<Part> parts = d.parts().stream().filter(part -> little.contains(part.kind())).toList();
            double a = parts.stream().mapToDouble(Part::a).sum();
            double b = parts.stream().mapToDouble(Part::b).sum();
            steps.add(new Step(Kind.OTHER, at, at + b / d.cores(), parts.stream().map(Part::kind).toList(), a, b));
        }
        steps.add(new Step(Kind.REACHED, 0, d.wallB(), List.of(), 0, 0));
        return new Waterfall(steps, d.wallA(), d.wallB(), d.cores());
    }

    /** As many of the smallest as are negligible together. */
    private static Set<LossClass> negligible(Decomposition d) {
        Set<LossClass> little = new HashSet<>();
        double sum = 0;
        for (Part part : d.parts().stream().sorted(Comparator.comparingDouble(part -> Math.abs(part.b()))).toList()) {
            sum += Math.abs(part.b()) / d.cores();
            if (sum >= NEGLIGIBLE * d.wallB()) {
                break;
            }
            if (part.b() != 0) {
                little.add(part.kind());
            }
        }
        // One alone says more by its own name.
        return little.size() == 1 ? Set.of() : little;
    }

    /** How many times as fast as a: of a bar that is a whole, it; without a loss, what b would be. */
    double speedup(Step step) {
        return switch (step.kind()) {
            case BASELINE, IDEAL, REACHED -> wallA / step.seconds();
            case LOSS, OTHER -> wallA / (wallB - step.seconds());
        };
    }

    /** The longest of all bars. */
    double longest() {
        return steps.stream().mapToDouble(step -> Math.max(step.from(), step.to())).max().orElse(0);
    }
}
