package io.threadlens.view.data;

import io.threadlens.model.TimeRange;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneArranger;
import io.threadlens.timeline.LaneOrder;
import io.threadlens.timeline.LaneRows;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;

/**
 * What a person wants of the lanes, and the lanes that come of it: made in the background, at once when something else is wanted, a moment later when the range
 * moves, and now and again while a recording grows. Times are those of the selected range, else of everything, as in the tables. Belongs to the JavaFX thread.
 */
public final class LaneArranging implements AutoCloseable {
    /** Lanes that change places more often than this cannot be followed. */
    private static final Duration LIVE = Duration.seconds(2);
    /** A range that is being dragged changes all the time. */
    private static final Duration DRAGGED = Duration.millis(300);
    /** Rows for calls that a lane is opened with; it grows when there are more. */
    private static final int FIRST_CALLS = 2;
    /** A lane higher than that hides the others. */
    public static final int MOST_CALLS = 16;

    private record Question(RecordingData data, LaneOrder order, TimeRange range) {}

    private record Answer(Question question, LaneRows rows) {}

    private final TimelineModel model;
    private final ReadOnlyObjectWrapper<LaneOrder> order = new ReadOnlyObjectWrapper<>(LaneOrder.DEFAULT);
    private final Latest<Question, Answer> arranging;
    private final PauseTransition later = new PauseTransition();
    private boolean settled = true;
    private Question asked;

    LaneArranging(TimelineModel model, Consumer<Throwable> onFailure) {
        this.model = model;
        asked = question();
        arranging = new Latest<>("lanes", LaneArranging::arrange, this::arrived, onFailure);
        later.setOnFinished(e -> ask());
        model.search().addListener((o, was, is) -> change(now -> now.searching(is)));
        model.selection().addListener(o -> {
            if (order.get().isOfTime()) {
                askWithin(DRAGGED);
            }
        });
    }

    public ReadOnlyObjectProperty<LaneOrder> order() {
        return order.getReadOnlyProperty();
    }

    /** Wants something else. */
    public void change(UnaryOperator<LaneOrder> how) {
        LaneOrder wanted = how.apply(order.get());
        if (!wanted.equals(order.get())) {
            order.set(wanted);
            ask();
        }
    }

    /** Forgets every wish: all threads, each for itself, in the order in which they were started. */
    public void reset() {
        model.search().set("");
        change(now -> LaneOrder.DEFAULT);
    }

    public void hide(Set<Integer> threads) {
        change(now -> {
            Set<Integer> all = new HashSet<>(now.hidden());
            all.addAll(threads);
            return now.hiding(all);
        });
    }

    /** Hides all others. */
    public void showOnly(Set<Integer> threads) {
        Set<Integer> others = new HashSet<>();
        model.data().get().threads().forEach(thread -> others.add(thread.number()));
        others.removeAll(threads);
        change(now -> now.hiding(others));
    }

    public void pin(List<Integer> threads, boolean atTop) {
        change(now -> {
            LaneOrder pinned = now;
            for (int thread : threads) {
                pinned = pinned.pinning(thread, atTop);
            }
            return pinned;
        });
    }

    /** Shows the threads of every group below its lane, or of none. */
    public void openGroups(boolean open) {
        change(now -> {
            LaneOrder all = now;
            for (Lane lane : model.lanes().get().rows().lanes()) {
                all = lane instanceof Lane.OfGroup of ? all.opening(of.key(), open) : all;
            }
            return all;
        });
    }

    /** Opens a lane into its calls over time, or closes it. */
    public void openCalls(int thread, boolean open) {
        change(now -> now.showingCalls(thread, open ? Math.max(FIRST_CALLS, now.calls().getOrDefault(thread, 0)) : 0));
    }

    public boolean isOpen(int thread) {
        return order.get().calls().containsKey(thread);
    }

    /** Gives an opened lane the rows that its calls turned out to need. It never takes them back: lanes below would jump. */
    public void makeRoom(int thread, int rows) {
        Integer now = order.get().calls().get(thread);
        int wanted = Math.min(rows, MOST_CALLS);
        if (now != null && now < wanted) {
            change(with -> with.showingCalls(thread, wanted));
        }
    }

    /** Whether the lanes are what is wanted. */
    public boolean isSettled() {
        return settled && later.getStatus() != Animation.Status.RUNNING;
    }

    /** There is more of a recording. */
    void dataChanged(boolean threadsChanged, boolean ended) {
        if (threadsChanged || ended) {
            ask();
        } else if (order.get().isOfTime()) {
            askWithin(LIVE);
        }
    }

    private void askWithin(Duration time) {
        if (later.getStatus() != Animation.Status.RUNNING) {
            later.setDuration(time);
            later.playFromStart();
        }
    }

    private Question question() {
        return new Question(model.data().get(), order.get(), model.scope());
    }

    private void ask() {
        later.stop();
        settled = false;
        asked = question();
        arranging.ask(asked);
    }

    private static Answer arrange(Question question) {
        return new Answer(question, LaneArranger.arrange(question.data().times(), question.data().cpu(), question.order(), question.range()));
    }

    private void arrived(Answer answer) {
        settled = answer.question() == asked;
        model.arranged(answer.rows());
    }

    @Override
    public void close() {
        later.stop();
        arranging.close();
    }
}
