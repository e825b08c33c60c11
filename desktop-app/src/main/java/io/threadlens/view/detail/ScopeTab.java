package io.threadlens.view.detail;

import io.threadlens.view.data.Latest;
import io.threadlens.view.data.TimelineModel;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.Observable;
import javafx.scene.control.Tab;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A tab that counts something of a range, or of everything: when it is looked at, when another range is meant, and now and again while the recording
 * grows.
 */
abstract class ScopeTab<A> extends Tab implements AutoCloseable {
    private static final long EVERY_NS = 2_000_000_000L;
    /** So many times as long as it takes to count a growing recording, nothing is counted. */
    private static final int REST = 4;

    private record Answer<A>(Scope scope, A counted, long tookNs) {}

    private final TimelineModel model;
    private final Function<TimelineModel, Scope> wanted;
    private final Latest<Scope, Answer<A>> counting;
    private final PauseTransition later = new PauseTransition();
    private long notBefore = System.nanoTime();
    private boolean stale = true;
    private @Nullable Scope asked;
    private boolean settled;

    /**
     * @param name   of the thread that counts
     * @param wanted what the tab is about
     * @param count  not on the JavaFX thread
     */
    ScopeTab(
            String title,
            String name,
            TimelineModel model,
            Function<TimelineModel, Scope> wanted,
            Function<Scope, A> count,
            Consumer<Throwable> onFailure) {
        super(title);
        this.model = model;
        this.wanted = wanted;
        setId(name + "-tab");
        counting = new Latest<>(name, scope -> answer(scope, count), this::arrived, onFailure);
        selectedProperty().addListener(o -> askIfSeen());
        for (Observable what : List.of(model.selection(), model.chosenThreads(), model.moments())) {
            what.addListener(o -> {
                if (asked == null || !asked.part().equals(wanted.apply(model).part())) {
                    stale = true;
                    askIfSeen();
                }
            });
        }
        model.data().addListener((o, was, is) -> {
            stale = true;
            if (!is.isLive()) {
                askIfSeen();
            } else {
                askLater();
            }
        });
        later.setOnFinished(e -> askIfSeen());
    }

    /** Asks when it is time to, for whatever came until then. */
    private void askLater() {
        if (later.getStatus() != Animation.Status.RUNNING) {
            later.setDuration(Duration.millis(Math.max(1, (notBefore - System.nanoTime()) / 1e6)));
            later.playFromStart();
        }
    }

    private void askIfSeen() {
        if (isSelected() && stale) {
            stale = false;
            settled = false;
            notBefore = System.nanoTime() + EVERY_NS;
            asked = wanted.apply(model);
            counting.ask(asked);
        }
    }

    private static <A> Answer<A> answer(Scope scope, Function<Scope, A> count) {
        long began = System.nanoTime();
        A counted = count.apply(scope);
        return new Answer<>(scope, counted, System.nanoTime() - began);
    }

    private void arrived(Answer<A> answer) {
        notBefore = Math.max(notBefore, System.nanoTime() + REST * answer.tookNs());
        show(answer.scope(), answer.counted());
        settled = answer.scope() == asked;
    }

    /** Puts what was counted on the screen. */
    abstract void show(Scope scope, A counted);

    /** Whether the answer to the newest question is on the screen, or there was none. */
    final boolean isSettled() {
        return settled || !isSelected();
    }

    final TimelineModel model() {
        return model;
    }

    @Override
    public void close() {
        later.stop();
        counting.close();
    }
}
