package io.threadlens.view.bench;

import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.TimelineModel;
import java.util.SplittableRandom;

/** A way through a recording: from all of it down to single ticks and back up, with stops at which it moves to either side. Each step is one a hand makes. */
final class Journey {
    private static final double CLOSER = 0.8;
    /** Steps to the side at a stop, and how often there is one. */
    private static final int SIDEWAYS = 12;

    private static final double STOP = 0.1;

    private final TimelineModel model;
    private final SplittableRandom random;
    private boolean closer = true;
    private int sideways;
    private double by;

    Journey(TimelineModel model, SplittableRandom random) {
        this.model = model;
        this.random = random;
    }

    /** Changes what is shown. */
    void step(int number) {
        if (sideways == 0 && random.nextDouble() < STOP) {
            sideways = SIDEWAYS;
            by = (random.nextBoolean() ? 1 : -1) * random.nextDouble(20, 200);
        }
        Viewport before = model.viewport().get();
        if (sideways > 0) {
            sideways--;
            model.pan(by);
            if (!model.viewport().get().equals(before)) {
                return;
            }
            sideways = 0; // at an end of the recording
        }
        double px = random.nextDouble(before.width());
        model.zoom(px, closer ? CLOSER : 1 / CLOSER);
        if (model.viewport().get().equals(before)) {
            closer = !closer;
            model.zoom(px, closer ? CLOSER : 1 / CLOSER);
        }
    }
}
