package io.threadlens.view.compare;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.PhaseMatch;
import io.threadlens.comparison.RunReader;
import io.threadlens.comparison.Side;
import io.threadlens.comparison.ThreadSweep;
import io.threadlens.recording.Recording;
import io.threadlens.session.SetComparison;
import io.threadlens.view.data.RecordingData;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two recordings, counted and ready to be shown. Immutable.
 *
 * @param a          what is compared with: the one with the GIL, or the one before a change
 * @param b          what is compared
 * @param phases     which moments of a are which of b
 * @param comparison what differs between them, or between the sides whose first runs they are
 * @param sweep      the same at several thread counts; null where there is but one
 */
public record PairData(Recorded a, Recorded b, PhaseMatch phases, Comparison comparison, @Nullable ThreadSweep sweep) {
    /** @param name of its file */
    public record Recorded(String name, RecordingData data) {
        String title() {
            return name.replaceFirst("\\.threadlens$", "");
        }
    }

    /** The name of a file, with that of its folder where another has the same. */
    public static String nameOf(Path file, Path other) {
        Path folder = file.toAbsolutePath().getParent();
        boolean alike = folder != null && folder.getFileName() != null && Objects.equals(file.getFileName(), other.getFileName());
        return alike ? folder.getFileName() + "/" + file.getFileName() : String.valueOf(file.getFileName());
    }

    /** Both in a title. */
    public String title() {
        return "A: " + a.title() + "   B: " + b.title();
    }

    /** Counts both. Waits; not for the JavaFX thread. */
    public static PairData of(String nameA, Recording a, String nameB, Recording b) {
        // Both at once: of long recordings this is what one waits for.
        List<Counted> both = Stream.of(new Named(nameA, a), new Named(nameB, b)).parallel().map(Named::count).toList();
        Counted first = both.getFirst();
        Counted second = both.getLast();
        return new PairData(
                new Recorded(nameA, first.data),
                new Recorded(nameB, second.data),
                PhaseMatch.of(first.data.times(), second.data.times()),
                Comparison.of(first.side, second.side, null),
                null);
    }

    /** The same two as the first runs of a set, all of which is compared. */
    public PairData in(SetComparison set) {
        return new PairData(a, b, phases, set.comparison(), set.sweep());
    }

    private record Named(String name, Recording recording) {
        Counted count() {
            return new Counted(RecordingData.of(recording), new Side(List.of(RunReader.read(recording, name))));
        }
    }

    private record Counted(RecordingData data, Side side) {}
}
