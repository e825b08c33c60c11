package io.threadlens.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.threadlens.analysis.Finding;
import io.threadlens.analysis.FindingsText;
import io.threadlens.analysis.Report;
import io.threadlens.analysis.ReportBuilder;
import io.threadlens.analysis.ReportJson;
import io.threadlens.analysis.ReportText;
import io.threadlens.comparison.Prediction;
import io.threadlens.comparison.PredictionFinding;
import io.threadlens.comparison.PredictionJson;
import io.threadlens.model.Progress;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Recordings;
import io.threadlens.session.RecordingOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: what a recording says. */
@Command(name = "report", description = "Says what a recording says, as text or as JSON.", mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a .threadlens, the folder of one that was cut short, or a .tlstream")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--json", description = "as threadlens-report/1")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (Recording recording = RecordingOpener.open(file)) {
            print(recording, file, json);
        }
        return 0;
    }

    static void print(Recording recording, Path file, boolean json) throws IOException {
        if (recording.damage() != null) {
            System.err.println("threadlens: " + file + ": " + recording.damage());
        }
        Report report = ReportBuilder.of(recording, file.toString());
        Recording viewed = Recordings.compacted(recording, new Progress());
        System.out.print(json ? json(report, viewed) + "\n" : ReportText.write(report) + predicted(viewed));
        System.out.flush();
    }

    private static String json(Report report, Recording viewed) {
        ObjectNode root = ReportJson.json(report);
        PredictionJson.put(root, Prediction.of(viewed));
        return ReportJson.text(root);
    }

    /** What a recording with the GIL says of the same program without it; empty where there is nothing to say. */
    private static String predicted(Recording viewed) {
        Finding finding = PredictionFinding.of(viewed);
        StringBuilder out = new StringBuilder();
        if (finding != null) {
            FindingsText.write(out, finding);
        }
        return out.toString();
    }
}
