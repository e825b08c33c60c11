package io.threadlens.view.detail;

import atlantafx.base.theme.Styles;
import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Report;
import io.threadlens.model.Frame;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.CodeSelection;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.TimelineModel;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** The file of the function that is looked at, each line with what it costs; without its text where that is gone or is not what ran. */
final class SourceTab extends ScopeTab<CallTimes> {
    private final CodeSelection code;
    private final Latest<SourceLines.Question, SourceLines> reading;
    private final SourceTable table = new SourceTable();
    private final ComboBox<Report.FunctionPart> functions = new ComboBox<>();
    private final Label file = new Label();
    private final Label summary = new Label();
    private final Label problem = new Label();
    private SourceLines.@Nullable Question asked;
    private @Nullable SourceLines shown;
    private @Nullable Scope scope;
    private boolean showing;

    SourceTab(TimelineModel model, Consumer<Throwable> onFailure) {
        super("Source", "source", model, Scope::selected, scope -> model.code().count(scope.data(), scope.part()), onFailure);
        code = model.code();
        reading = new Latest<>("source", SourceLines::of, this::arrived, onFailure);
        file.setId("source-file");
        file.getStyleClass().add("way-end");
        file.setMinWidth(0);
        summary.setId("source-summary");
        summary.getStyleClass().add("caption");
        summary.setMinWidth(Region.USE_PREF_SIZE);
        problem.setId("source-problem");
        problem.getStyleClass().add("source-problem");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setMaxWidth(Double.MAX_VALUE);
        BorderPane content = new BorderPane(table);
        content.setTop(new VBox(tools(), foot(), problem));
        setContent(content);
        model.function().addListener(o -> ask());
        code.measure().addListener(o -> ask());
    }

    private Node tools() {
        functions.setId("source-functions");
        functions.setPromptText("functions of this file");
        functions.setPrefWidth(340);
        functions.setMinWidth(140);
        functions.getStyleClass().add(Styles.SMALL);
        functions.setConverter(new StringConverter<>() {
            @Override
            public String toString(Report.@Nullable FunctionPart part) {
                return part == null ? "" : (part.function() == null ? "?" : part.function()) + "   " + Cells.seconds(part.total());
            }

            @Override
            public Report.@Nullable FunctionPart fromString(String text) {
                return null;
            }
        });
        functions.setOnAction(e -> {
            Report.FunctionPart chosen = functions.getValue();
            if (!showing && chosen != null) {
                int first = chosen.line() == null ? 0 : chosen.line();
                model().function().set(new Frame(chosen.function(), chosen.file(), first, first));
            }
        });
        HBox tools = new HBox(12, new MeasurePicker(code.measure()), functions);
        tools.getStyleClass().add("code-tools");
        return tools;
    }

    private Node foot() {
        HBox.setHgrow(file, Priority.ALWAYS);
        file.setMaxWidth(Double.MAX_VALUE);
        HBox foot = new HBox(16, file, summary);
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.getStyleClass().add("code-way");
        return foot;
    }

    @Override
    void show(Scope counted, CallTimes times) {
        scope = counted;
        asked = new SourceLines.Question(counted.data(), times, model().function().get(), code.measure().get());
        reading.ask(asked);
    }

    private void ask() {
        if (asked != null && scope != null) {
            show(scope, asked.times());
        }
    }

    private void arrived(SourceLines source) {
        SourceLines before = shown;
        shown = source;
        boolean samePlace = before != null && Objects.equals(before.call(), source.call());
        showing = true;
        try {
            functions.getItems().setAll(source.functions());
            functions.setValue(source.functions().stream().filter(part -> isOf(part, source.call())).findFirst().orElse(null));
        } finally {
            showing = false;
        }
        Frame call = source.call();
        file.setText(call == null || call.file() == null ? "" : call.file());
        String who = scope == null ? "" : scope.text() + "   ·   " + scope.who() + "   ·   ";
        summary.setText(who + source.question().measure().name() + ", of it " + TimeFormat.length(source.lines().stream().mapToLong(SourceLines.Line::self).sum()) + " in this file itself");
        problem.setVisible(source.problem() != null);
        problem.setText(source.problem() == null ? "" : source.problem() + (source.lines().isEmpty() ? "" : " The lines that have time are listed with their function."));
        table.show(source, !samePlace);
    }

    private static boolean isOf(Report.FunctionPart part, @Nullable Frame call) {
        return call != null && Objects.equals(part.function(), call.function()) && Objects.equals(part.line(), call.firstLine() > 0 ? (Integer) call.firstLine() : null);
    }

    boolean isWhole() {
        return isSettled() && (!isSelected() || asked == null || shown != null && shown.question() == asked);
    }

    @Override
    public void close() {
        super.close();
        reading.close();
        table.close();
    }
}
