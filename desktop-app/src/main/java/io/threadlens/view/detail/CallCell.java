package io.threadlens.view.detail;

import io.threadlens.model.Frame;
import io.threadlens.view.data.CodeSelection;
import java.util.function.IntPredicate;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** A call in a list: its function, and where in which file; a double click or Enter leads to its source. */
final class CallCell extends ListCell<Frame> {
    private static final double PALE = 0.5;

    private final Label function = new Label();
    private final Label place = new Label();
    private final HBox row = new HBox(12, function, place);
    private final IntPredicate isPale;

    private CallCell(CodeSelection code, IntPredicate isPale) {
        this.isPale = isPale;
        function.getStyleClass().add("function");
        place.getStyleClass().add("caption");
        place.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(function, Priority.ALWAYS);
        function.setMaxWidth(Double.MAX_VALUE);
        row.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
        setOnMouseClicked(e -> {
            if (e.getClickCount() == 2) {
                showSource(code, getItem());
            }
        });
    }

    /** Makes a list one of calls. */
    static void install(ListView<Frame> list, CodeSelection code) {
        install(list, code, index -> false);
    }

    /** @param isPale whether the call at an index of the list steps back */
    static void install(ListView<Frame> list, CodeSelection code, IntPredicate isPale) {
        list.setCellFactory(l -> new CallCell(code, isPale));
        list.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                showSource(code, list.getSelectionModel().getSelectedItem());
                e.consume();
            }
        });
    }

    private static void showSource(CodeSelection code, @Nullable Frame call) {
        if (call != null && call.file() != null) {
            code.showSource(call);
        }
    }

    @Override
    protected void updateItem(@Nullable Frame frame, boolean empty) {
        super.updateItem(frame, empty);
        if (empty || frame == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        row.setOpacity(isPale.test(getIndex()) ? PALE : 1);
        function.setText(Calls.function(frame));
        place.setText(Calls.place(frame.file(), frame.line()));
        setTooltip(frame.file() == null ? null : new Tooltip(frame.file() + (frame.line() > 0 ? ", line " + frame.line() : "")));
        setGraphic(row);
    }
}
