package io.threadlens.view.detail;

import io.threadlens.analysis.Finding;
import io.threadlens.analysis.FindingClass;
import io.threadlens.model.Frame;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.theme.Icons;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/** A finding: how bad it is in colour and word, what it is, the numbers that say so, the places, and what to do. */
public final class FindingCard extends VBox {
    public FindingCard(Finding finding, Consumer<Frame> onPlace) {
        boolean good = finding.kind() == FindingClass.NONE;
        getStyleClass().addAll("finding", good ? "good" : finding.severity().label());
        getChildren().addAll(head(finding, good), text(finding.evidence(), "evidence"));
        if (!finding.where().isEmpty()) {
            getChildren().add(places(finding, onPlace));
        }
        if (!finding.advice().isEmpty()) {
            Label advice = text(finding.advice(), "advice");
            advice.setGraphic(Icons.of(MaterialDesignL.LIGHTBULB_ON_OUTLINE));
            getChildren().add(advice);
        }
    }

    private static Node head(Finding finding, boolean good) {
        Label severity = new Label(good ? "good" : finding.severity().label());
        severity.getStyleClass().add("severity");
        severity.setMinWidth(USE_PREF_SIZE);
        if (good) {
            severity.setGraphic(Icons.of(MaterialDesignC.CHECK));
        }
        Label title = text(finding.title(), "finding-title");
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        Label numbers = new Label(numbers(finding, good));
        numbers.getStyleClass().add("caption");
        numbers.setMinWidth(USE_PREF_SIZE);
        numbers.setTooltip(new Tooltip("Time of all threads together that is lost to it, and how sure that is: from the number of samples it rests on."));
        HBox head = new HBox(10, severity, title, numbers);
        head.setAlignment(Pos.TOP_LEFT);
        return head;
    }

    private static String numbers(Finding finding, boolean good) {
        String confidence = String.format(Locale.ROOT, "confidence %.0f %%", 100 * finding.confidence());
        if (good) {
            return confidence;
        }
        String lost = finding.costSeconds() == 0 ? "" : TimeFormat.length(Math.round(finding.costSeconds() * 1e9)) + " lost   ·   ";
        return finding.kind().label() + "   ·   " + lost + confidence;
    }

    private static Node places(Finding finding, Consumer<Frame> onPlace) {
        FlowPane places = new FlowPane(14, 2);
        for (Frame place : finding.where()) {
            Hyperlink link = new Hyperlink(Calls.text(place));
            link.getStyleClass().add("place");
            link.setOnAction(e -> onPlace.accept(place));
            link.setTooltip(new Tooltip("Go to where this is seen best"
                    + (place.file() == null ? "" : ": " + place.file() + (place.line() > 0 ? ", line " + place.line() : ""))));
            places.getChildren().add(link);
        }
        return places;
    }

    private static Label text(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
