package io.threadlens.view.compare;

import io.threadlens.analysis.Finding;
import io.threadlens.model.Frame;
import io.threadlens.view.detail.FindingCard;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/** What was reached and what keeps b from more, in words. */
final class FindingsView extends BorderPane {
    /** @param onPlace is told of a line that is clicked */
    FindingsView(List<Finding> findings, Consumer<Frame> onPlace) {
        setMinSize(0, 0);
        if (findings.isEmpty()) {
            setCenter(new Label("Nothing was found: there is too little in the recordings to say."));
            return;
        }
        VBox cards = new VBox();
        cards.setId("comparison-findings");
        cards.getStyleClass().add("findings");
        findings.forEach(finding -> cards.getChildren().add(new FindingCard(finding, onPlace)));
        ScrollPane scroll = new ScrollPane(cards);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        setCenter(scroll);
    }
}
