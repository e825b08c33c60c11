package io.threadlens.view.shell;

import io.threadlens.model.Progress;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** What is shown while a piece of work goes on, from half a second after it began: what it is, how far it is, and a way to stop it. Escape stops it as well. */
final class Waiting {
    private static final Duration PATIENCE = Duration.millis(500);
    private static final Duration LOOK_EVERY = Duration.millis(100);

    private final Progress progress;
    private final Runnable cancelled;
    private final ProgressBar bar = new ProgressBar(Progress.UNKNOWN);
    private final Timeline appear;
    private final Timeline look;

    /**
     * @param show      puts what is to be seen into the window
     * @param cancelled told once where the work is stopped
     */
    Waiting(String text, Progress progress, Consumer<Node> show, Runnable cancelled) {
        this.progress = progress;
        this.cancelled = cancelled;
        bar.setId("waiting-bar");
        bar.setPrefWidth(260);
        Button stop = new Button("Cancel");
        stop.setId("waiting-cancel");
        stop.setOnAction(e -> cancel());
        VBox card = new VBox(new Label(text), bar, stop);
        card.getStyleClass().add("waiting");
        look = new Timeline(new KeyFrame(LOOK_EVERY, e -> bar.setProgress(progress.fraction())));
        look.setCycleCount(Animation.INDEFINITE);
        appear = new Timeline(new KeyFrame(PATIENCE, e -> {
            show.accept(card);
            look.play();
        }));
        appear.play();
    }

    void cancel() {
        end();
        if (!progress.isCancelled()) {
            progress.cancel();
            cancelled.run();
        }
    }

    /** The work is over. */
    void end() {
        appear.stop();
        look.stop();
    }
}
