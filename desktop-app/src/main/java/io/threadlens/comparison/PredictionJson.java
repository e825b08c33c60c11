package io.threadlens.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.threadlens.analysis.StateSeconds;
import org.jspecify.annotations.Nullable;

/** The member {@code predicted} of the report of one recording. */
public final class PredictionJson {
    private PredictionJson() {}

    /** Null where nothing can be predicted. */
    public static void put(ObjectNode report, @Nullable Prediction prediction) {
        if (prediction == null) {
            report.putNull("predicted");
            return;
        }
        ObjectNode node = report.putObject("predicted");
        node.put("speedupAtMost", prediction.atMost())
                .put("cores", prediction.cores())
                .put("seconds", StateSeconds.seconds(prediction.predictedNs()))
                .put("gilSeconds", StateSeconds.seconds(prediction.queuedNs()))
                .put("lockSeconds", StateSeconds.seconds(prediction.lockNs()))
                .put("serialSeconds", StateSeconds.seconds(prediction.serialNs()))
                .put("waitingSeconds", StateSeconds.seconds(prediction.waitingNs()));
        prediction.assumptions().forEach(node.putArray("assumptions")::add);
    }
}
