package io.threadlens.view.detail;

import atlantafx.base.theme.Styles;
import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Measure;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.CodeSelection;
import io.threadlens.view.data.Latest;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** A field for what functions and files are looked for by, and beside it which share of the time they have. */
final class CodeSearch extends HBox implements AutoCloseable {
    private record Question(CallTimes times, Measure measure, String text) {}

    private record Answer(Question question, long found, long all) {}

    private final CodeSelection code;
    private final TextField field = new TextField();
    private final Label share = new Label();
    private final Latest<Question, Answer> counting;
    private @Nullable CallTimes times;

    /** @param id what the ids of its parts begin with */
    CodeSearch(CodeSelection code, String id, Consumer<Throwable> onFailure) {
        super(8);
        this.code = code;
        counting = new Latest<>("code-search", CodeSearch::count, this::show, onFailure);
        setAlignment(Pos.CENTER_LEFT);
        field.setId(id + "-search");
        field.setPromptText("find a function or a file");
        field.setPrefColumnCount(17);
        field.setMinWidth(80);
        field.getStyleClass().add(Styles.SMALL);
        field.textProperty().bindBidirectional(code.search());
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
        code.search().addListener(o -> ask());
        code.measure().addListener(o -> ask());
    }

    void onEnter(Runnable action) {
        field.setOnAction(e -> action.run());
    }

    /** Counts in another part from now on. */
    void show(CallTimes counted) {
        times = counted;
        ask();
    }

    private void ask() {
        String text = code.search().get().strip();
        if (text.isEmpty() || times == null) {
            share.setText("");
        } else {
            counting.ask(new Question(times, code.measure().get(), text));
        }
    }

    private static Answer count(Question question) {
        Measure measure = question.measure();
        return new Answer(question, measure.of(question.times().matching(question.text())), measure.of(question.times().all()));
    }

    private void show(Answer answer) {
        if (answer.question().text().equals(code.search().get().strip())) {
            share.setText(answer.found() == 0 ? "no time in what matches"
                    : TimeFormat.percent(answer.found(), answer.all()) + " of the time, " + TimeFormat.length(answer.found()));
        }
    }

    @Override
    public void close() {
        counting.close();
    }
}
