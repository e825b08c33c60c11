package io.threadlens.view.detail;

import atlantafx.base.theme.Styles;
import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Measure;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.Latest;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** A field for what functions and files are looked for by, and beside it which share of the time they have. */
public final class CodeSearch extends HBox implements AutoCloseable {
    private record Question(BiFunction<String, Measure, String> share, Measure measure, String text) {}

    private record Answer(Question question, String share) {}

    private final StringProperty text;
    private final ObservableValue<Measure> measure;
    private final TextField field = new TextField();
    private final Label share = new Label();
    private final Latest<Question, Answer> asking;
    private @Nullable BiFunction<String, Measure, String> counting;

    /**
     * @param text    what is looked for
     * @param measure which time counts
     * @param id      what the ids of its parts begin with
     */
    public CodeSearch(StringProperty text, ObservableValue<Measure> measure, String id, Consumer<Throwable> onFailure) {
        super(8);
        this.text = text;
        this.measure = measure;
        asking = new Latest<>("code-search", CodeSearch::count, this::show, onFailure);
        setAlignment(Pos.CENTER_LEFT);
        field.setId(id + "-search");
        field.setPromptText("find a function or a file");
        field.setPrefColumnCount(17);
        field.setMinWidth(80);
        field.getStyleClass().add(Styles.SMALL);
        field.textProperty().bindBidirectional(text);
        field.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                field.clear();
                e.consume();
            }
        });
        share.setId(id + "-matches");
        share.getStyleClass().add("caption");
        share.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(field, share);
        text.addListener(o -> ask());
        measure.addListener(o -> ask());
    }

    void onEnter(Runnable action) {
        field.setOnAction(e -> action.run());
    }

    /**
     * Counts in another part from now on.
     *
     * @param next says which share what matches a text has; not on the JavaFX thread
     */
    public void show(BiFunction<String, Measure, String> next) {
        counting = next;
        ask();
    }

    /** What of a part matches a text, in words. */
    static String shareOf(CallTimes times, String text, Measure measure) {
        long found = measure.of(times.matching(text));
        return found == 0 ? "no time in what matches" : TimeFormat.percent(found, measure.of(times.all())) + " of the time, " + TimeFormat.length(found);
    }

    private String wanted() {
        return text.get().strip();
    }

    private void ask() {
        if (wanted().isEmpty() || counting == null) {
            share.setText("");
        } else {
            asking.ask(new Question(counting, measure.getValue(), wanted()));
        }
    }

    private static Answer count(Question question) {
        return new Answer(question, question.share().apply(question.text(), question.measure()));
    }

    private void show(Answer answer) {
        if (answer.question().text().equals(wanted())) {
            share.setText(answer.share());
        }
    }

    @Override
    public void close() {
        asking.close();
    }
}
