package io.threadlens.view.detail;

import atlantafx.base.theme.Styles;
import io.threadlens.analysis.LockContention;
import io.threadlens.analysis.LockContention.Meeting;
import io.threadlens.model.Frame;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.CodeSelection;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.LockSelection;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Icons;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/**
 * Two stacks that meet at a lock, side by side: those of the blocked instant that is pinned in the lanes, and one by one those that met there in the whole
 * range, most time first.
 */
final class MeetingsView extends BorderPane implements AutoCloseable {
    /** @param ns the pinned instant; −1 for a meeting in the whole range */
    private record Question(RecordingData data, List<String> names, String when, Meeting meeting, long ns) {}

    private record Answer(Question question, List<Frame> waiting, List<Frame> holding) {}

    private final TimelineModel model;
    private final Latest<Question, Answer> reading;
    private final Label place = new Label();
    private final Button back = button(MaterialDesignC.CHEVRON_LEFT, "The meeting before");
    private final Button on = button(MaterialDesignC.CHEVRON_RIGHT, "The next meeting");
    private final Side waiting;
    private final Side holding;
    private @Nullable RecordingData data;
    private List<String> names = List.of();
    private List<Meeting> meetings = List.of();
    private int lock = -1;
    private LockSelection.@Nullable Blocked pinned;
    /** −1 stands for the pinned instant. */
    private int index;
    private @Nullable Question asked;
    private boolean settled = true;

    MeetingsView(TimelineModel model, Consumer<Throwable> onFailure) {
        this.model = model;
        waiting = new Side("meeting-waiter", model.code());
        holding = new Side("meeting-holder", model.code());
        reading = new Latest<>("meetings", MeetingsView::read, this::show, onFailure);
        place.setId("meeting");
        place.getStyleClass().add("caption");
        back.setId("meeting-back");
        on.setId("meeting-on");
        back.setOnAction(e -> go(index - 1));
        on.setOnAction(e -> go(index + 1));
        HBox pager = new HBox(4, back, on, place);
        pager.setAlignment(Pos.CENTER_LEFT);
        pager.getStyleClass().add("pager");
        setTop(pager);
        setCenter(new SplitPane(waiting, holding));
        model.locks().blocked().addListener(o -> followPinned());
    }

    private static Button button(Ikon icon, String meaning) {
        Button button = new Button(null, Icons.of(icon));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        button.setTooltip(new Tooltip(meaning));
        button.setAccessibleText(meaning);
        return button;
    }

    void show(RecordingData now, List<String> threads, LockContention contention) {
        boolean another = lock != contention.lock();
        data = now;
        names = threads;
        meetings = contention.meetings();
        lock = contention.lock();
        LockSelection.Blocked before = pinned;
        pinned = blockedHere();
        go(another || isMoved(before) ? best() : index);
    }

    /** Whether another instant is pinned than before; of a wait that goes on more may be known by now. */
    private boolean isMoved(LockSelection.@Nullable Blocked before) {
        return pinned == null ? before != null && index < 0 : !pinned.isSameInstant(before);
    }

    /** What is pinned, where it is a wait for this lock. */
    private LockSelection.@Nullable Blocked blockedHere() {
        LockSelection.Blocked blocked = model.locks().blocked().get();
        return blocked != null && blocked.waiting().lock() == lock ? blocked : null;
    }

    private void followPinned() {
        if (data == null) {
            return;
        }
        LockSelection.Blocked before = pinned;
        pinned = blockedHere();
        if (isMoved(before)) {
            go(best());
        } else if (index < 0) {
            go(index);
        }
    }

    /** Where to begin: at what is pinned, or at the first of which both stacks are known. */
    private int best() {
        if (pinned != null) {
            return -1;
        }
        return IntStream.range(0, meetings.size()).filter(i -> meetings.get(i).holderStack() >= 0).findFirst().orElse(0);
    }

    private int first() {
        return pinned != null ? -1 : 0;
    }

    private void go(int to) {
        RecordingData now = data;
        if (now == null || meetings.isEmpty() && pinned == null) {
            return;
        }
        index = Math.clamp(to, first(), Math.max(first(), meetings.size() - 1));
        back.setDisable(index == first());
        on.setDisable(index >= meetings.size() - 1);
        LockSelection.Blocked blocked = pinned;
        Meeting meeting;
        String when;
        long ns = -1;
        if (index < 0 && blocked != null) {
            int holder = blocked.holding() == null ? -1 : blocked.holding().thread();
            int stack = blocked.holding() == null ? -1 : blocked.holding().stack();
            ns = blocked.ns();
            meeting = new Meeting(blocked.waiting().thread(), blocked.waiting().stack(), holder, stack, 0);
            when = "At " + TimeFormat.moment(model.sinceStart(blocked.ns())) + ", where you clicked, after "
                    + TimeFormat.length(blocked.ns() - blocked.waiting().start()) + " of waiting";
        } else {
            meeting = meetings.get(index);
            when = "Meeting " + (index + 1) + " of " + meetings.size() + ", " + Cells.seconds(meeting.seconds()) + " in all";
        }
        settled = false;
        asked = new Question(now, names, when, meeting, ns);
        reading.ask(asked);
    }

    private static Answer read(Question question) {
        Meeting meeting = question.meeting();
        int holding = meeting.holderStack();
        if (holding < 0 && meeting.holder() >= 0 && question.ns() >= 0) {
            // Only the thread is known: it held the lock wherever it was.
            SampleAt sample = SampleAt.find(question.data().times(), meeting.holder(), question.ns());
            holding = sample == null ? -1 : sample.stack();
        }
        return new Answer(
                question,
                question.data().recording().stack(meeting.waiterStack()).reversed(),
                question.data().recording().stack(holding).reversed());
    }

    private void show(Answer answer) {
        Question question = answer.question();
        Meeting meeting = question.meeting();
        place.setText(question.when());
        waiting.show(question.names().get(meeting.waiter()) + " waits", answer.waiting(), "Its stack is not known here.");
        if (meeting.holder() < 0) {
            holding.show("holder not seen", List.of(), "Nobody was seen to hold it then: between two ticks it went from hand to hand, or where it is held could not be read.");
        } else {
            holding.show(question.names().get(meeting.holder()) + " holds it", answer.holding(), "Only the thread is known, not where it was.");
        }
        settled = question == asked;
    }

    boolean isSettled() {
        return settled;
    }

    @Override
    public void close() {
        reading.close();
    }

    /** One of the two stacks, innermost call first. */
    private static final class Side extends BorderPane {
        private final Label title = new Label();
        private final Label none = new Label();
        private final ListView<Frame> calls = new ListView<>();

        Side(String id, CodeSelection code) {
            title.getStyleClass().add("part-title");
            title.setId(id);
            none.getStyleClass().add("hint");
            none.setWrapText(true);
            calls.setId(id + "-calls");
            calls.getStyleClass().add("calls");
            CallCell.install(calls, code);
            calls.setPlaceholder(none);
            setTop(title);
            setCenter(calls);
            setMinWidth(0);
        }

        void show(String text, List<Frame> frames, String why) {
            title.setText(text);
            none.setText(why);
            calls.getItems().setAll(frames);
        }
    }
}
