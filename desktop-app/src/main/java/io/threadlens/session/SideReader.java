package io.threadlens.session;

import io.threadlens.comparison.Run;
import io.threadlens.comparison.RunReader;
import io.threadlens.comparison.Side;
import io.threadlens.model.NumberedName;
import io.threadlens.model.Progress;
import io.threadlens.recording.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads the sides of a comparison from recordings, which are closed again. */
public final class SideReader {
    private static final List<String> SUFFIXES = List.of(".threadlens", ".tlstream", ".threadlens.part");

    private SideReader() {}

    /** The recordings that a path stands for: itself, or those that lie in a folder, in the order in which a person counts; of a set's those that ended well. */
    public static List<Path> recordings(Path path) throws IOException {
        if (!Files.isDirectory(path) || path.toString().endsWith(".part")) {
            return List.of(path);
        }
        if (RunSet.is(path)) {
            throw new IOException(path + " has recordings of several configurations: compare it alone, or one of its folders with another");
        }
        RunSet.Group group = RunSet.groupIn(path);
        if (group != null) {
            if (group.recordings().isEmpty()) {
                throw new IOException("no run in " + path + " ended well: " + group.runs().getLast().outcome().message());
            }
            return group.recordings();
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> found = files.filter(SideReader::isRecording).sorted(Comparator.comparing(SideReader::name)).toList();
            if (found.isEmpty()) {
                throw new IOException("there is no recording in " + path + ": a .threadlens or a .tlstream");
            }
            return found;
        }
    }

    private static boolean isRecording(Path file) {
        return SUFFIXES.stream().anyMatch(String.valueOf(file.getFileName())::endsWith);
    }

    private static NumberedName name(Path file) {
        String name = String.valueOf(file.getFileName());
        return NumberedName.of(name.substring(0, name.indexOf('.') < 0 ? name.length() : name.lastIndexOf(name.endsWith(".part") ? ".threadlens.part" : ".")));
    }

    /**
     * Reads sides beside each other.
     *
     * @param sides the recordings of each, at least one; what none of them can be is told by the exception
     */
    public static List<Side> read(List<List<Path>> sides) throws IOException {
        try {
            return sides.parallelStream().map(files -> new Side(files.stream().map(SideReader::run).toList())).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Run run(Path file) {
        try (Recording recording = RecordingOpener.view(file, new Progress())) {
            return RunReader.read(recording, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
