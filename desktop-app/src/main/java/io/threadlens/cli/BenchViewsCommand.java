package io.threadlens.cli;

import io.threadlens.recording.Recording;
import io.threadlens.recording.Recordings;
import io.threadlens.recording.SampleChunk;
import io.threadlens.synthetic.SyntheticRecording;
import io.threadlens.synthetic.Workload;
import io.threadlens.view.bench.FirstWindow;
import io.threadlens.view.bench.ViewBenchmark;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench-views}: how fast the views are on recordings of any size. Makes the recordings, which takes some 6 GB of disk, once. */
@Command(name = "bench-views", hidden = true, mixinStandardHelpOptions = true)
final class BenchViewsCommand implements Callable<Integer> {
    private static final int OUT_OF_MEMORY = 3;
    private static final int STARTS = 7;
    private static final String AHEAD_OF_TIME = "-XX:AOTCache";

    /** Of software, in memory; where the heap is too little it is to be seen. */
    private static final List<String> WINDOW =
            List.of("-XX:+ExitOnOutOfMemoryError", "-Dglass.platform=Headless", "-Dprism.order=sw", "-Djava.awt.headless=true");

    /** Pulses come as fast as they can be dealt with, so that a picture takes as long as it takes. */
    private static final String UNTHROTTLED = "-Djavafx.animation.fullspeed=true";

    @Option(names = "--dir", paramLabel = "FOLDER", description = "where the recordings are kept (default: the cache)")
    private @Nullable Path folder;

    @Option(names = "--only", paramLabel = "ROW", description = "${COMPLETION-CANDIDATES}; may be given more than once")
    private Set<ViewMeasurement> only = EnumSet.allOf(ViewMeasurement.class);

    @Option(names = "--heap", defaultValue = "512", paramLabel = "MB", description = "heap of the window (default: what is promised, 512)")
    private int heap;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path recordings = folder != null ? folder : cache();
        Files.createDirectories(recordings);
        Path small = recording(recordings, ViewMeasurement.SMALL);
        System.out.println("| what | reach | reached |");
        System.out.println("|---|---|---|");
        for (ViewMeasurement row : ViewMeasurement.values()) {
            if (only.contains(row)) {
                Path file = recording(recordings, row.workload);
                progress(row.what + " …");
                row(row.what, row.reach, row == ViewMeasurement.start ? starts(small) : measured(row, file, small));
                if (row == ViewMeasurement.open) {
                    row("bytes a sample on disk, mixed workload, forest included", "≤ 4", size(file));
                }
            }
        }
        System.out.printf(Locale.ROOT, "%n%d processors, %s, Java %s%n", Runtime.getRuntime().availableProcessors(), system(), Runtime.version());
        return 0;
    }

    private static void row(String what, String reach, String reached) {
        System.out.println("| " + what + " | " + reach + " | " + reached + " |");
    }

    private static void progress(String text) {
        System.err.println("threadlens: " + text);
    }

    private static Path cache() {
        String set = System.getenv("XDG_CACHE_HOME");
        Path base = set != null && set.startsWith("/") ? Path.of(set) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("threadlens").resolve("bench");
    }

    private static Path recording(Path folder, Workload workload) throws IOException {
        return SyntheticRecording.in(folder, workload, () -> progress(String.format(
                Locale.ROOT, "making a recording of %,d samples, once …", workload.samples())));
    }

    private static String size(Path file) throws IOException {
        try (Recording recording = Recordings.open(file)) {
            long samples = recording.info().counters().samples();
            long runs = recording.chunks().stream().mapToLong(SampleChunk::rows).sum();
            return String.format(
                    Locale.ROOT, "%.2f (%,d bytes, %,d samples, %.3f runs a sample)", (double) Files.size(file) / samples, Files.size(file), samples,
                    (double) runs / samples);
        }
    }

    /** What a process of its own has measured, or how it failed. */
    private String measured(ViewMeasurement row, Path file, Path small) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(WINDOW);
        if (row != ViewMeasurement.live) {
            options.add(UNTHROTTLED);
        }
        Process process = java(options, true, row, file, small);
        String last = "";
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
            }
        }
        int code = process.waitFor();
        return code == 0 ? last : code == OUT_OF_MEMORY ? "not with " + heap + " MB of heap" : "failed: " + last;
    }

    private String starts(Path small) throws IOException, InterruptedException {
        String without = String.format(Locale.ROOT, "%.2f s without", startSeconds(small, false));
        boolean has = ManagementFactory.getRuntimeMXBean().getInputArguments().stream().anyMatch(option -> option.startsWith(AHEAD_OF_TIME));
        return has ? String.format(Locale.ROOT, "%.2f s (median of %d; %s)", startSeconds(small, true), STARTS, without) : "no cache; " + without;
    }

    /** From the start of a process to its first window with a recording's name on it; the median of several. */
    private double startSeconds(Path small, boolean aheadOfTime) throws IOException, InterruptedException {
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long began = System.nanoTime();
            Process process = java(WINDOW, aheadOfTime, ViewMeasurement.start, small, small);
            try (BufferedReader out = process.inputReader()) {
                String line = out.readLine();
                if (!FirstWindow.PAINTED.equals(line)) {
                    throw new IOException("the window did not open: " + line);
                }
            }
            seconds[i] = (System.nanoTime() - began) / 1e9;
            process.waitFor();
        }
        return ViewBenchmark.median(seconds);
    }

    /** Starts this program again as it was started, with other options for its heap and window. */
    private Process java(List<String> options, boolean aheadOfTime, ViewMeasurement row, Path file, Path small) throws IOException {
        Stream<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> aheadOfTime || !option.startsWith(AHEAD_OF_TIME));
        Stream<String> program = Stream.of(
                "-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench-view", row.name(), file.toString(), small.toString());
        List<String> command = Stream.of(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()), own, Stream.of("-Xmx" + heap + "m"), options.stream(), program)
                .flatMap(words -> words)
                .toList();
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }
}
