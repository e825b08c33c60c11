package io.threadlens.view.compare;

import io.threadlens.comparison.PhaseMatch;
import io.threadlens.recording.Recording;
import io.threadlens.view.data.RecordingData;

/**
 * Two recordings, counted and ready to be shown. Immutable.
 *
 * @param a      what is compared with: the one with the GIL, or the one before a change
 * @param b      what is compared
 * @param phases which moments of a are which of b
 */
public record PairData(Recorded a, Recorded b, PhaseMatch phases) {
    /** @param name of its file */
    public record Recorded(String name, RecordingData data) {
        String title() {
            return name.replaceFirst("\\.threadlens$", "");
        }
    }

    /** Both in a title. */
    public String title() {
        return "a: " + a.title() + "   b: " + b.title();
    }

    /** Counts both. Waits; not for the JavaFX thread. */
    public static PairData of(String nameA, Recording a, String nameB, Recording b) {
        RecordingData dataA = RecordingData.of(a);
        RecordingData dataB = RecordingData.of(b);
        return new PairData(new Recorded(nameA, dataA), new Recorded(nameB, dataB), PhaseMatch.of(dataA.times(), dataB.times()));
    }
}
