package io.threadlens.view.bench;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.session.SyntheticSession;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.RecordingFeed;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.Topic;
import io.threadlens.view.shell.RecordingPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Measures the window on a recording. Each method is for a process of its own, in which the pulses of JavaFX are not held back
 * but for {@link #live}; what it returns is a cell of the table.
 */
public final class ViewBenchmark {
    private static final long SEED = 11;
    private static final int WARM_UP = 300;
    private static final int STEPS = 1_000;
    private static final int OPENS = 5;
    private static final int RANGES = 40;
    /** Tabs that follow the selected range. */
    private static final List<Topic> FOLLOWING = List.of(Topic.FLAME, Topic.CALLS, Topic.FUNCTIONS);
    /** What a wheel scrolls at once, pixels. */
    private static final double NOTCH = 78;

    private static final long LIVE_WARM_UP_NS = 5_000_000_000L;
    private static final long LIVE_NS = 20_000_000_000L;

    private ViewBenchmark() {}

    /** How long it takes from the file to the timeline on the screen, and to the findings below it. */
    public static String open(Path small, Path file) throws IOException {
        try (Stand stand = Stand.open()) {
            for (int i = 0; i < OPENS; i++) {
                stand.show(small);
            }
            long first = stand.show(file);
            long began = System.nanoTime();
            stand.awaitPainted(RecordingPage::isSettled);
            double findings = (first + System.nanoTime() - began) / 1e9;
            long[] took = new long[OPENS];
            for (int i = 0; i < OPENS; i++) {
                took[i] = stand.show(file);
            }
            return String.format(
                    Locale.ROOT, "%.2f s (median of %d; the first %.2f; with findings %.2f)", new Durations(took).millis(50) / 1e3, OPENS,
                    first / 1e9, findings);
        }
    }

    /** How long it takes from two files to both timelines on the screen, compared. */
    public static String compare(Path small, Path a, Path b) throws IOException {
        try (Stand stand = Stand.open()) {
            for (int i = 0; i < OPENS; i++) {
                stand.compare(small, small);
            }
            long[] took = new long[OPENS];
            for (int i = 0; i < OPENS; i++) {
                took[i] = stand.compare(a, b);
            }
            return String.format(Locale.ROOT, "%.2f s (median of %d; the first %.2f)", new Durations(took).millis(50) / 1e3, OPENS, took[0] / 1e9);
        }
    }

    /** Pans and zooms, in and out over all scales, as fast as pictures can be made. */
    public static String frames(Path file) throws IOException {
        try (Stand stand = Stand.open()) {
            stand.show(file);
            TimelineModel model = stand.page().model();
            return pictures(stand, new Journey(model, new SplittableRandom(SEED))::step);
        }
    }

    private static String pictures(Stand stand, IntConsumer step) throws IOException {
        stand.drive(WARM_UP, step);
        CpuTime cpu = new CpuTime();
        return stand.drive(STEPS, step).inMillis() + "; " + cpu.each(STEPS);
    }

    /** Scrolls through all lanes, by steps and leaps, at all scales. */
    public static String scroll(Path file) throws IOException {
        try (Stand stand = Stand.open()) {
            stand.show(file);
            TimelineModel model = stand.page().model();
            SplittableRandom random = new SplittableRandom(SEED);
            return pictures(stand, step -> scroll(model, random, step));
        }
    }

    private static void scroll(TimelineModel model, SplittableRandom random, int step) {
        double most = model.lanes().get().maxScroll();
        double now = model.lanes().get().scrollY();
        if (step % 100 == 99) {
            model.zoom(random.nextDouble(model.viewport().get().width()), model.viewport().get().lengthNs() < 1_000_000_000L ? 1e3 : 0.25);
        } else if (step % 20 == 19 || now + NOTCH > most) {
            model.scrollLanes(random.nextDouble(most - 1));
        } else {
            model.scrollLanes(now + NOTCH);
        }
    }

    /** Selects ranges, from tiny ones to everything, and waits for each of the tabs that follow. */
    public static String select(Path file) throws IOException {
        try (Stand stand = Stand.open()) {
            stand.show(file);
            TimeRange all = stand.page().model().bounds();
            List<String> cells = new ArrayList<>();
            for (Topic topic : FOLLOWING) {
                stand.tell(model -> model.topic().set(topic));
                stand.awaitPainted(RecordingPage::isSettled);
                SplittableRandom random = new SplittableRandom(SEED);
                long[] took = new long[RANGES];
                for (int i = 0; i < RANGES; i++) {
                    TimeRange range = i == 0 ? new TimeRange(all.startNs() + 1, all.endNs() - 1) : range(all, random);
                    long began = System.nanoTime();
                    stand.tell(model -> model.select(range));
                    stand.awaitPainted(RecordingPage::isSettled);
                    took[i] = System.nanoTime() - began;
                }
                cells.add(topic.name().toLowerCase(Locale.ROOT) + " "
                        + String.format(Locale.ROOT, "%s; all %.2f", new Durations(took).inSeconds(), took[0] / 1e9));
            }
            return String.join(", ", cells);
        }
    }

    /** Of any length from a millisecond on, short ones as often as long ones. */
    private static TimeRange range(TimeRange all, SplittableRandom random) {
        long length = Math.round(1e6 * Math.pow(all.lengthNs() / 1e6, random.nextDouble()));
        long start = all.startNs() + random.nextLong(Math.max(1, all.lengthNs() - length));
        return new TimeRange(start, start + length);
    }

    /** What is on the heap while a recording is open and was looked at. */
    public static String heap(Path file) throws IOException {
        try (Stand stand = Stand.open()) {
            stand.show(file);
            stand.awaitPainted(RecordingPage::isSettled);
            TimelineModel model = stand.page().model();
            stand.drive(WARM_UP, new Journey(model, new SplittableRandom(SEED))::step);
            stand.tell(shown -> shown.topic().set(Topic.FUNCTIONS));
            stand.awaitPainted(RecordingPage::isSettled);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long used = runtime.totalMemory() - runtime.freeMemory();
            return String.format(Locale.ROOT, "%d MB in use, %d MB at most", used >> 20, runtime.maxMemory() >> 20);
        }
    }

    /** Follows a recording that two thousand threads make, at 1 kHz, none of whose samples is like the one before. */
    public static String live(Path folder) throws IOException, InterruptedException {
        try (Stand stand = Stand.open();
                SyntheticSession session = SyntheticSession.start(folder.resolve("live.threadlens"), 2_000, 1_000)) {
            Recording recording = session.recording();
            stand.show(RecordingData.of(recording), "live");
            RecordingPage page = stand.page();
            try (RecordingFeed feed = new RecordingFeed(recording, page.model()::update, failure -> {
                throw new IllegalStateException(failure);
            })) {
                feed.start();
                stand.watch(LIVE_WARM_UP_NS);
                long before = session.samples();
                long began = System.nanoTime();
                Durations between = stand.watch(LIVE_NS);
                double seconds = (System.nanoTime() - began) / 1e9;
                double millions = (session.samples() - before) / seconds / 1e6;
                return String.format(
                        Locale.ROOT,
                        "%.1f pictures/s, %.1f ms from one to the next (95th percentile; longest %.1f), %.2f million samples/s",
                        between.ns().length / seconds,
                        between.millis(95),
                        between.millis(100),
                        millions);
            }
        }
    }

    /** Where the median of several measurements lies. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
