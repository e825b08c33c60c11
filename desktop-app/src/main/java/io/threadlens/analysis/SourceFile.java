package io.threadlens.analysis;

import io.threadlens.model.RecordingInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file of the recorded program, as far as it is on this machine and fits the recording.
 *
 * @param lines   empty where there is a problem
 * @param problem why the text is not shown, in words; null where it is
 */
public record SourceFile(List<String> lines, @Nullable String problem) {
    /** Longer files are not read, bytes. */
    public static final int LONGEST = 5 * 1024 * 1024;

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm:ss", Locale.ROOT);

    /**
     * Reads a file; takes as long as that takes.
     *
     * @param file     as the interpreter knows it
     * @param lastLine the greatest line that was seen in it
     */
    public static SourceFile read(String file, RecordingInfo info, int lastLine) {
        if (file.startsWith("<")) {
            return missing(file + " is not a file: this code is built in, or was made while the program ran.");
        }
        try {
            Path path = Path.of(file);
            return path.isAbsolute() ? read(path, info, lastLine)
                    : missing("The recording knows this file only as " + file + ", and not in which folder the program ran.");
        } catch (InvalidPathException e) {
            return missing(file + " is not the name of a file on this machine.");
        } catch (IOException e) {
            return missing(file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static SourceFile read(Path path, RecordingInfo info, int lastLine) throws IOException {
        if (!Files.exists(path)) {
            return missing(path + " is not on this machine" + (info.process().host().isEmpty() ? "" : "; the program ran on " + info.process().host()) + ".");
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            return missing(path + " is not a file that can be read.");
        }
        if (Files.size(path) > LONGEST) {
            return missing(path + " is longer than 5 MB and is not read.");
        }
        Instant changed = Files.getLastModifiedTime(path).toInstant();
        if (changed.isAfter(Instant.ofEpochSecond(0, info.startedUnixNs()))) {
            return missing(path + " was changed after the recording began, on " + WHEN.format(changed.atZone(ZoneId.systemDefault()))
                    + ". Its lines may not be those that ran.");
        }
        List<String> lines = new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
        if (lastLine > lines.size()) {
            return missing(path + " has " + lines.size() + " lines, and the program ran line " + lastLine + ": it is another version of the file.");
        }
        return new SourceFile(lines, null);
    }

    private static SourceFile missing(String problem) {
        return new SourceFile(List.of(), problem);
    }
}
