package io.threadlens.view.compare;

import io.threadlens.view.compare.Waterfall.Kind;
import io.threadlens.view.compare.Waterfall.Step;

/** What a bar of the waterfall says to who asks. */
final class WaterfallWords {
    /** More than so many times the cores is not the cores any more, rounded. */
    private static final double ROUNDED = 1.02;

    private WaterfallWords() {}

    static String of(Waterfall waterfall, Step step) {
        String speedup = Numbers.times(waterfall.speedup(step));
        return switch (step.kind()) {
            case BASELINE -> "A took " + Numbers.seconds(step.seconds()) + ". The dashed line goes on from there: what is right of it is slower than A.";
            case IDEAL -> "ideal: " + Numbers.seconds(step.seconds()) + ", " + speedup + ". The time that A worked on a core, divided among the "
                    + cores(waterfall.cores()) + " that B could have used, with nothing lost."
                    + (waterfall.speedup(step) > waterfall.cores() * ROUNDED ? " It is more than there are cores, for A lost time as well." : "");
            case LOSS, OTHER -> step.name() + ": " + Numbers.change(step.seconds()) + (step.seconds() < 0 ? ", won" : ", lost") + " (B "
                    + Numbers.seconds(step.lostB()) + " of its cores' time, A " + Numbers.seconds(step.lostA()) + "). Without it B would be " + speedup + ". "
                    + meaning(step);
            case REACHED -> "B took " + Numbers.seconds(step.seconds()) + ": " + speedup + ".";
        };
    }

    private static String meaning(Step step) {
        return step.kind() == Kind.LOSS
                ? LossWords.meaning(step.losses().getFirst())
                : "Together less than half a percent of B's time: " + step.words() + ".";
    }

    private static String cores(int count) {
        return count == 1 ? "1 core" : count + " cores";
    }
}
