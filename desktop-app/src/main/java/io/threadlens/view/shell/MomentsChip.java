package io.threadlens.view.shell;

import atlantafx.base.theme.Styles;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Icons;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** Above everything of a recording while only some moments are looked at: which, and how to have all again. */
final class MomentsChip extends HBox {
    MomentsChip(TimelineModel model) {
        setId("moments-chip");
        getStyleClass().add("moments-chip");
        setAlignment(Pos.CENTER_LEFT);
        Label text = new Label(null, Icons.of(MaterialDesignF.FILTER));
        text.setId("moments-text");
        text.textProperty().bind(model.busyChoice().text());
        text.setTooltip(new Tooltip("Other moments are dimmed in the lanes, and left out of tables and graphs. Findings are of the whole recording."));
        Button all = new Button("All moments", Icons.of(MaterialDesignC.CLOSE));
        all.setId("moments-all");
        all.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        all.setMinWidth(USE_PREF_SIZE);
        all.setAccessibleText("Show all moments again");
        all.setOnAction(e -> model.busyChoice().clear());
        getChildren().addAll(text, all);
        visibleProperty().bind(model.busyChoice().text().isNotEmpty());
        managedProperty().bind(visibleProperty());
    }
}
