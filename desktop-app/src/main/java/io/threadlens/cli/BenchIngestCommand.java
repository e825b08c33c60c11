package io.threadlens.cli;

import io.threadlens.session.IngestBenchmark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench-ingest}: how fast the app takes samples in, and whether its memory stays as it is. */
@Command(name = "bench-ingest", hidden = true, mixinStandardHelpOptions = true)
final class BenchIngestCommand implements Callable<Integer> {
    @Option(names = "--samples", defaultValue = "200000000", description = "samples in each run (default: 200 million)")
    private long samples;

    @Option(names = "--runs", defaultValue = "3", description = "default: 3")
    private int runs;

    @Override
    public Integer call() throws Exception {
        System.out.println("A sample is one thread at one tick. Here no two that follow each other in a thread are alike: each is a row of its own, "
                + "checked and written; where they are alike, a row stands for many.");
        System.out.println();
        double[] millions = new double[runs];
        Path folder = Files.createTempDirectory("threadlens-bench-");
        System.out.println("| run | samples | seconds | million samples/s | CPU of the app, ns/sample | bytes/sample "
                + "| heap at 10 % (MB) | heap at the end (MB) |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        try {
            for (int run = 1; run <= runs; run++) {
                IngestBenchmark.Result result = IngestBenchmark.run(folder.resolve("bench.threadlens"), samples);
                millions[run - 1] = result.samples() / result.seconds() / 1e6;
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %,d | %.2f | %.1f | %.1f | %.2f | %.1f | %.1f |%n",
                        run,
                        result.samples(),
                        result.seconds(),
                        millions[run - 1],
                        result.cpuSeconds() * 1e9 / result.samples(),
                        (double) result.bytes() / result.samples(),
                        result.heapFirst() / 1e6,
                        result.heapLast() / 1e6);
            }
        } finally {
            Files.deleteIfExists(folder);
        }
        Arrays.sort(millions);
        System.out.printf(Locale.ROOT, "%nMedian: %.1f million samples/s%n", millions[runs / 2]);
        return 0;
    }
}
