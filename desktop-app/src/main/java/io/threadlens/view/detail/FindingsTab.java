package io.threadlens.view.detail;

import io.threadlens.analysis.Finding;
import io.threadlens.analysis.FindingClass;
import io.threadlens.analysis.Findings;
import io.threadlens.comparison.PredictionFinding;
import io.threadlens.model.Frame;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.Places;
import io.threadlens.view.data.Background;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What keeps the program from scaling, in words; each finding leads to the place in the lanes and to the lock or the function. */
final class FindingsTab extends ScopeTab<List<Finding>> {
    private final Consumer<Throwable> onFailure;
    private final Label summary = new Label("Looking …");
    private final VBox cards = new VBox();
    private List<Finding> shown = List.of();

    FindingsTab(TimelineModel model, Consumer<Throwable> onFailure) {
        super("Findings", "findings", model, Scope::everything, FindingsTab::findings, onFailure);
        this.onFailure = onFailure;
        summary.setId("findings-summary");
        summary.getStyleClass().add("detail-summary");
        summary.setMaxWidth(Double.MAX_VALUE);
        cards.setId("findings");
        cards.getStyleClass().add("findings");
        ScrollPane scroll = new ScrollPane(cards);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        BorderPane content = new BorderPane(scroll);
        content.setTop(summary);
        setContent(content);
    }

    /** And last, of a recording with the GIL, what would be without it. */
    private static List<Finding> findings(Scope scope) {
        Recording recording = scope.data().recording();
        List<Finding> findings = new ArrayList<>(Findings.of(recording));
        Finding predicted = PredictionFinding.of(recording);
        if (predicted != null) {
            findings.add(predicted);
        }
        return findings;
    }

    @Override
    void show(Scope scope, List<Finding> findings) {
        long count = findings.stream().filter(finding -> finding.kind() != FindingClass.NONE && finding.kind() != FindingClass.SPEEDUP).count();
        summary.setText(scope.text() + "   ·   "
                + (findings.isEmpty() ? "no samples yet" : count == 0 ? "nothing to fix" : count == 1 ? "1 finding" : count + " findings"));
        if (!findings.equals(shown)) {
            shown = findings;
            cards.getChildren().setAll(findings.stream().map(finding -> new FindingCard(finding, place -> visit(scope, finding, place))).toList());
        }
    }

    /** Goes to the longest wait for the finding's locks, or else to the longest run with the call on its stack. */
    private void visit(Scope scope, Finding finding, Frame call) {
        Background.run(
                () -> {
                    Places.Place wait = Places.ofWait(scope.data().waits(), finding.locks(), scope.range());
                    return new Destination(wait != null, wait != null ? wait : Places.ofCall(scope.data().times(), call, scope.range()));
                },
                destination -> arrive(destination, call),
                onFailure);
    }

    private record Destination(boolean isWait, Places.@Nullable Place place) {}

    private void arrive(Destination to, Frame call) {
        if (to.place() != null) {
            model().visit(new TimelineModel.Instant(to.place().thread(), to.place().middle()), to.place().stretch());
        }
        model().function().set(call);
        model().topic().set(to.isWait() ? Topic.CONTENTION : Topic.SOURCE);
    }
}
