package io.threadlens.cli;

import io.threadlens.synthetic.SyntheticRecording;
import io.threadlens.synthetic.Workload;
import io.threadlens.view.bench.FirstWindow;
import io.threadlens.view.bench.ViewBenchmark;
import java.io.IOException;
import java.nio.file.Path;

/** The rows of the table of the views, each measured in a process of its own. The names are what {@code --only} takes. */
enum ViewMeasurement {
    open("open a recording of 230 million samples (64 threads, 1 kHz, 1 h): first full picture", "≤ 0.5 s warm", Recordings.HOUR,
            (file, small) -> ViewBenchmark.open(small, file)),
    compare("two recordings of 64 threads and 1 h: compared and on the screen", "≤ 2 s warm", Recordings.HOUR,
            (file, small) -> ViewBenchmark.compare(
                    small, file, SyntheticRecording.in(file.toAbsolutePath().getParent(), Recordings.OTHER_HOUR, () -> {}))),
    frames("pan and zoom in it, 1400 × 900, software rendering, 95th percentile of a frame", "≤ 16 ms", Recordings.HOUR,
            (file, small) -> ViewBenchmark.frames(file)),
    billion("the same with 1,000 million samples", "≤ 16 ms", Recordings.BILLION,
            (file, small) -> ViewBenchmark.frames(file)),
    scroll("10,000 threads, scrolling", "≤ 16 ms", Recordings.WIDE,
            (file, small) -> ViewBenchmark.scroll(file)),
    select("selecting a range and having flame graph and tables follow, 230 million samples", "≤ 0.3 s", Recordings.HOUR,
            (file, small) -> ViewBenchmark.select(file)),
    heap("heap while a recording of 1,000 million samples is open", "≤ 512 MB", Recordings.BILLION,
            (file, small) -> ViewBenchmark.heap(file)),
    live("60 fps while 2 million samples/s come in", "yes", Recordings.SMALL,
            (file, small) -> ViewBenchmark.live(small.toAbsolutePath().getParent())),
    start("start to first window, with the JDK's ahead-of-time cache", "≤ 0.8 s", Recordings.SMALL,
            (file, small) -> {
                FirstWindow.run(small);
                return "";
            });

    /** What is recorded. */
    private static final class Recordings {
        private static final long SEED = 7;
        static final Workload SMALL = new Workload(64, 1_000, 10, SEED);
        static final Workload HOUR = new Workload(64, 1_000, 3_600, SEED);
        static final Workload OTHER_HOUR = new Workload(64, 1_000, 3_600, SEED + 1);
        static final Workload BILLION = new Workload(64, 1_000, 15_625, SEED);
        static final Workload WIDE = new Workload(10_000, 100, 60, SEED);
    }

    static final Workload SMALL = Recordings.SMALL;

    final String what;
    final String reach;
    final Workload workload;
    private final Way way;

    ViewMeasurement(String what, String reach, Workload workload, Way way) {
        this.what = what;
        this.reach = reach;
        this.workload = workload;
        this.way = way;
    }

    /** Measures, in this process, and returns the cell of the table. */
    String measure(Path file, Path small) throws IOException, InterruptedException {
        return way.measure(file, small);
    }

    private interface Way {
        String measure(Path file, Path small) throws IOException, InterruptedException;
    }
}
