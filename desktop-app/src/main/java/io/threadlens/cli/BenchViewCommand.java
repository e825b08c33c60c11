package io.threadlens.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench-view}: one measurement of the views, in the process that {@code bench-views} starts for it. */
@Command(name = "bench-view", hidden = true)
final class BenchViewCommand implements Callable<Integer> {
    @Parameters(index = "0")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ViewMeasurement measurement;

    @Parameters(index = "1", description = "the recording to measure with")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Parameters(index = "2", description = "a small one, to warm up with")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path small;

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println(measurement.measure(file, small));
        return 0;
    }
}
