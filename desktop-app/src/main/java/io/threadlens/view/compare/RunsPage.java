package io.threadlens.view.compare;

import io.threadlens.session.Interpreters;
import io.threadlens.session.PairForecast;
import io.threadlens.session.PairPlan;
import io.threadlens.session.PairPlan.Step;
import io.threadlens.session.PairProgress;
import io.threadlens.session.RunOutcome;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.theme.Icons;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** The runs of a program that is recorded under each configuration: those that have ended, the one that goes on, and those to come. */
public final class RunsPage extends VBox {
    /** @param progress null before it has begun */
    private record Row(Step step, @Nullable PairProgress progress) {
        @Nullable RunOutcome outcome() {
            return progress == null ? null : progress.outcome();
        }
    }

    private static final double WIDTH = 720;
    private static final double ROW = 28;
    /** How many rows above the run that goes on stay in sight. */
    private static final int KEPT_ABOVE = 2;

    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass TO_COME = PseudoClass.getPseudoClass("to-come");

    private final int rounds;
    private final PairForecast forecast;
    private final Runnable back;
    private final Label folder = new Label();
    private final Label now = new Label("Starting …");
    private final Label times = new Label();
    private final ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final ListView<Row> list = new ListView<>();
    private final Button stop = new Button("Cancel");
    private final Label kept = new Label("What was recorded by then stays, and is compared as far as there is something to compare.");
    private final long startedNs = System.nanoTime();
    private int number;
    private long beganNs;

    /**
     * @param cancel ends the recording
     * @param back   leads to where something else can be recorded, once it has ended
     */
    public RunsPage(PairPlan plan, Runnable cancel, Runnable back) {
        this.back = back;
        rounds = plan.repeats();
        forecast = new PairForecast(plan);
        setId("runs-page");
        getStyleClass().add("pair-form");
        setAlignment(Pos.TOP_CENTER);
        Label headline = new Label("Running " + plan.script().shortName());
        headline.getStyleClass().add("headline");
        folder.setId("runs-folder");
        folder.getStyleClass().add("caption");
        folder.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        now.setId("runs-now");
        times.setId("runs-times");
        times.getStyleClass().add("caption");
        times.setMinWidth(USE_PREF_SIZE);
        bar.setId("runs-bar");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setMinHeight(USE_PREF_SIZE);
        HBox line = new HBox(12, now, times);
        line.setAlignment(Pos.BASELINE_LEFT);
        HBox.setHgrow(now, Priority.ALWAYS);
        now.setMaxWidth(Double.MAX_VALUE);
        list.setId("runs");
        list.setFixedCellSize(ROW);
        list.setCellFactory(view -> new Cell());
        plan.steps().forEach(step -> list.getItems().add(new Row(step, null)));
        list.setPrefHeight(ROW * list.getItems().size() + 2);
        list.setMinHeight(3 * ROW);
        stop.setId("runs-cancel");
        stop.setMinWidth(USE_PREF_SIZE);
        stop.setOnAction(e -> {
            stop.setDisable(true);
            kept.setText("Waiting for the program to end …");
            cancel.run();
        });
        kept.setId("runs-kept");
        kept.getStyleClass().add("caption");
        kept.setWrapText(true);
        HBox bottom = new HBox(12, stop, kept);
        bottom.setAlignment(Pos.CENTER_LEFT);
        VBox content = new VBox(8, headline, folder, line, bar);
        for (Interpreters.Missing missing : plan.interpreters().missing()) {
            Label left = new Label("Left out: " + missing.kind().label() + ": " + missing.reason());
            left.getStyleClass().addAll("caption", "left-out");
            left.setWrapText(true);
            left.setMinHeight(USE_PREF_SIZE);
            content.getChildren().add(left);
        }
        content.getChildren().addAll(List.of(list, bottom));
        content.setMaxWidth(WIDTH);
        content.setMinHeight(0);
        VBox.setVgrow(content, Priority.SOMETIMES);
        getChildren().add(content);
        // Not to the button: a key that is pressed by chance must not end an hour's work.
        sceneProperty().addListener(o -> list.requestFocus());
    }

    /** Tells where the recordings are kept. */
    public void showFolder(Path path) {
        folder.setText("Recorded into " + path);
        folder.setTooltip(new Tooltip(path.toString()));
    }

    /** How far it is. */
    public void show(PairProgress progress) {
        long nowNs = System.nanoTime();
        if (progress.number() != number) {
            number = progress.number();
            beganNs = nowNs;
        }
        double since = (nowNs - beganNs) / 1e9;
        list.getItems().set(number - 1, new Row(progress.step(), progress));
        if (list.getHeight() < ROW * list.getItems().size()) {
            list.scrollTo(Math.max(0, number - 1 - KEPT_ABOVE));
        }
        if (progress.outcome() != null) {
            forecast.ended(progress.step(), since);
        }
        now.setText(progress.what());
        OptionalDouble left = forecast.left(number, since);
        String sofar = TimeFormat.clock(nowNs - startedNs) + " so far";
        times.setText(left.isEmpty() ? sofar : sofar + ", about " + TimeFormat.clock(Math.round(left.getAsDouble() * 1e9)) + " to go");
        double done = (nowNs - startedNs) / 1e9;
        bar.setProgress(left.isEmpty() ? ProgressBar.INDETERMINATE_PROGRESS : done / (done + left.getAsDouble()));
    }

    /** It is over, and there is nothing to compare. */
    public void ended() {
        now.setText("Nothing to compare");
        times.setText("");
        bar.setVisible(false);
        kept.setText("");
        stop.setText("Back");
        stop.setDisable(false);
        stop.setOnAction(e -> back.run());
        stop.requestFocus();
    }

    private final class Cell extends ListCell<Row> {
        private final Label name = new Label();
        private final Label how = new Label();
        private final HBox row = new HBox(12, name, how);

        Cell() {
            row.setAlignment(Pos.CENTER_LEFT);
            name.setMinWidth(USE_PREF_SIZE);
            how.getStyleClass().add("run-how");
            HBox.setHgrow(how, Priority.ALWAYS);
            how.setMaxWidth(Double.MAX_VALUE);
            how.setAlignment(Pos.CENTER_RIGHT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Row shown, boolean empty) {
            super.updateItem(shown, empty);
            if (empty || shown == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            RunOutcome outcome = shown.outcome();
            PairProgress progress = shown.progress();
            String words = progress == null ? "" : progress.how();
            name.setText(shown.step().label(rounds));
            name.setGraphic(Icons.of(icon(shown)));
            how.setText(words);
            pseudoClassStateChanged(FAILED, outcome != null && !outcome.kind().comparable());
            pseudoClassStateChanged(TO_COME, progress == null);
            setTooltip(words.isEmpty() ? null : new Tooltip(words));
            setGraphic(row);
        }

        private static Ikon icon(Row shown) {
            RunOutcome outcome = shown.outcome();
            if (shown.progress() == null) {
                return MaterialDesignC.CIRCLE_OUTLINE;
            }
            if (outcome == null) {
                return MaterialDesignP.PLAY_CIRCLE_OUTLINE;
            }
            return outcome.kind().comparable() ? MaterialDesignC.CHECK_CIRCLE_OUTLINE : MaterialDesignA.ALERT_CIRCLE_OUTLINE;
        }
    }
}
