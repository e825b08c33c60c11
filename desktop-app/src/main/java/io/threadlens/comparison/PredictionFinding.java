package io.threadlens.comparison;

import io.threadlens.analysis.Confidence;
import io.threadlens.analysis.Finding;
import io.threadlens.analysis.FindingClass;
import io.threadlens.analysis.Say;
import io.threadlens.analysis.StateSeconds;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a recording with the GIL says of the same program without it, in words. */
public final class PredictionFinding {
    /** Less than this is hardly faster. */
    private static final double HARDLY = 1.05;

    private PredictionFinding() {}

    /**
     * Null where nothing can be predicted.
     *
     * @param viewed opened by {@code Recordings.view}
     */
    public static @Nullable Finding of(Recording viewed) {
        Prediction prediction = Prediction.of(viewed);
        if (prediction == null) {
            return null;
        }
        String cores = Say.count(prediction.cores(), "core");
        return new Finding(
                FindingClass.SPEEDUP,
                Finding.Severity.LOW,
                prediction.atMost() < HARDLY
                        ? "Without the GIL the program would hardly be faster"
                        : String.format(Locale.ROOT, "Without the GIL the program would be %.2f times as fast on %s, at most", prediction.atMost(), cores),
                String.format(
                        Locale.ROOT,
                        "It would take %s instead of %s. Threads queued for the GIL for %s, all of them together. %s",
                        seconds(prediction.predictedNs()),
                        seconds(prediction.wallNs()),
                        seconds(prediction.queuedNs()),
                        remains(prediction)),
                List.of(),
                0,
                Confidence.ofTicks(viewed.tickCount()),
                "This holds if: " + String.join(" ", prediction.assumptions()) + " `threadlens compare --run` measures it.",
                List.of());
    }

    /** Why it would not be as many times as fast as there are cores. */
    private static String remains(Prediction prediction) {
        List<String> parts = new ArrayList<>();
        add(parts, prediction.serialNs(), "as fewer threads have something to compute");
        add(parts, prediction.lockNs(), "while threads wait for locks");
        add(parts, prediction.waitingNs(), "while no thread has anything to compute");
        return parts.isEmpty() ? "No core would be left idle." : "Its cores would be idle for " + Say.list(parts) + ", core-seconds together.";
    }

    private static void add(List<String> parts, long ns, String why) {
        if (ns > 0) {
            parts.add(seconds(ns) + " " + why);
        }
    }

    private static String seconds(long ns) {
        return Say.seconds(StateSeconds.seconds(ns));
    }
}
