package io.threadlens.view.welcome;

import io.threadlens.session.Samples.Sample;
import io.threadlens.view.data.Background;
import io.threadlens.view.theme.Icons;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** The sample programs: what each shows, and a button that records it. */
final class SampleList extends VBox {
    private final Callable<List<Sample>> samples;
    private final Consumer<Sample> record;
    private final Label hint = new Label();
    private final ListView<Sample> list = new ListView<>();

    SampleList(Callable<List<Sample>> samples, Consumer<Sample> record) {
        this.samples = samples;
        this.record = record;
        hint.getStyleClass().add("picker-chosen");
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        list.setId("samples");
        list.setCellFactory(view -> new Cell());
        list.setOnKeyPressed(e -> {
            Sample chosen = list.getSelectionModel().getSelectedItem();
            if (e.getCode() == KeyCode.ENTER && chosen != null) {
                record.accept(chosen);
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        setSpacing(8);
        getChildren().addAll(hint, list);
    }

    /** Reads which there are. */
    void load() {
        Background.run(samples, this::show, failure -> hint.setText("The samples could not be read: " + failure.getMessage()));
    }

    private void show(List<Sample> found) {
        hint.setText(found.isEmpty()
                ? "There are none: samples come with the sources, and are recorded under a free-threaded Python, which `./threadlens python` gets."
                : "Small programs, each with one known fault or none. Each runs for some seconds under the free-threaded Python that was found, and is recorded meanwhile.");
        list.getItems().setAll(found);
    }

    private final class Cell extends ListCell<Sample> {
        private final Label name = new Label();
        private final Label about = new Label();
        private final Button start = new Button("Record", Icons.of(MaterialDesignP.PLAY_CIRCLE_OUTLINE));
        private final HBox row;

        Cell() {
            name.getStyleClass().add("sample-name");
            about.getStyleClass().add("caption");
            about.setMinWidth(0);
            start.setMinWidth(Region.USE_PREF_SIZE);
            VBox words = new VBox(1, name, about);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            row = new HBox(12, words, start);
            row.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
            start.setOnAction(e -> record.accept(getItem()));
        }

        @Override
        protected void updateItem(@Nullable Sample sample, boolean empty) {
            super.updateItem(sample, empty);
            if (empty || sample == null) {
                setGraphic(null);
                return;
            }
            name.setText(sample.name());
            about.setText(sample.about());
            about.setTooltip(new Tooltip(sample.about()));
            start.setId("record-" + sample.name());
            setGraphic(row);
        }
    }
}
