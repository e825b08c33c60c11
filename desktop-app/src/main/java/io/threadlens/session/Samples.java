package io.threadlens.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The small programs that come with the app, each with one known fault or none, to try it on. */
public final class Samples {
    /** The one to begin with. */
    private static final String FIRST = "first_look";
    private static final String QUOTES = "\"\"\"";

    /**
     * One program.
     *
     * @param about   what it shows, the first line of its docstring
     * @param command starts it; the interpreter is the first word
     */
    public record Sample(String name, String about, List<String> command) {}

    private Samples() {}

    /** Those of a folder, the first to look at first. Waits. */
    public static List<Sample> in(Path folder, String python) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!_]*.py")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName()).replaceFirst("\\.py$", "");
                samples.add(new Sample(name, docstring(file), List.of(python, file.toString())));
            }
        }
        samples.sort(Comparator.comparing((Sample sample) -> !sample.name.equals(FIRST)).thenComparing(Sample::name));
        return samples;
    }

    /** Its first line; empty where there is none. */
    private static String docstring(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            return line == null || !line.startsWith(QUOTES) ? "" : line.replace(QUOTES, "").replace("`", "").strip();
        }
    }
}
