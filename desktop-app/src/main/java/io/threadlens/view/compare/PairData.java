package io.threadlens.view.compare;

import io.threadlens.comparison.PhaseMatch;
import io.threadlens.recording.Recording;
import io.threadlens.view.data.RecordingData;
import java.util.List;
import java.util.stream.Stream;

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
        // Both at once: of long recordings this is what one waits for.
        List<RecordingData> counted = Stream.of(a, b).parallel().map(RecordingData::of).toList();
        RecordingData first = counted.getFirst();
        RecordingData second = counted.getLast();
        return new PairData(new Recorded(nameA, first), new Recorded(nameB, second), PhaseMatch.of(first.times(), second.times()));
    }
}
