package io.threadlens.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The part {@code sweep} of {@code threadlens-compare/1}. What is infinite or cannot be judged is null. */
final class SweepJson {
    private SweepJson() {}

    static void write(ObjectNode node, ThreadSweep sweep, Function<Comparison, ObjectNode> json) {
        node.put("bestThreads", sweep.best().threads());
        ArrayNode curves = node.putArray("scaling");
        for (ThreadSweep.Curve curve : sweep.curves()) {
            ObjectNode one = curves.addObject();
            one.put("configuration", curve.configuration()).put("work", curve.sweep().work());
            ArrayNode points = one.putArray("points");
            for (Sweep.At at : curve.sweep().curve()) {
                Estimate throughput = at.throughput();
                points.addObject()
                        .put("threads", at.threads())
                        .put("throughput", throughput.value())
                        .put("low", throughput.hasInterval() ? (Double) throughput.low() : null)
                        .put("high", throughput.hasInterval() ? (Double) throughput.high() : null)
                        .put("fitted", at.fitted());
            }
            laws(one, curve.sweep().fit());
        }
        ArrayNode comparisons = node.putArray("comparisons");
        sweep.counts().forEach(count -> comparisons.addObject().put("threads", count.threads()).set("comparison", json.apply(count.comparison())));
    }

    private static void laws(ObjectNode node, ScalingFit fit) {
        ScalingFit.Amdahl amdahl = fit.amdahl();
        if (amdahl == null) {
            node.putNull("amdahl");
        } else {
            node.putObject("amdahl")
                    .put("serial", amdahl.serial())
                    .put("error", amdahl.error())
                    .put("limit", finite(amdahl.limit()))
                    .put("flattensAt", finite(amdahl.flattensAt()));
        }
        ScalingFit.Universal universal = fit.universal();
        if (universal == null) {
            node.putNull("universal");
        } else {
            node.putObject("universal")
                    .put("contention", universal.contention())
                    .put("coherence", universal.coherence())
                    .put("error", universal.error())
                    .put("peak", finite(universal.peak()));
        }
        fit.notes().forEach(node.putArray("notes")::add);
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
