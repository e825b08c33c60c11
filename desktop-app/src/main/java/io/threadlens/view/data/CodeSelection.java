package io.threadlens.view.data;

import io.threadlens.analysis.CallCounter;
import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.analysis.Part;
import io.threadlens.model.Frame;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** How the code is looked at, the same in every tab that shows code. Belongs to the JavaFX thread, but for {@link #count}. */
public final class CodeSelection {
    /** From where a tree of calls is read. */
    public enum Direction {
        TOP_DOWN,
        BOTTOM_UP,
        CALLERS
    }

    private final TimelineModel model;
    private final CallCounter counter = new CallCounter();
    private final ObjectProperty<Measure> measure = new SimpleObjectProperty<>(Measure.WALL);
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<Direction> direction = new SimpleObjectProperty<>(Direction.TOP_DOWN);
    private final ObjectProperty<@Nullable Function> called = new SimpleObjectProperty<>();
    private final BooleanProperty flameFromLeaf = new SimpleBooleanProperty();
    private final BooleanProperty flameUpwards = new SimpleBooleanProperty();

    CodeSelection(TimelineModel model) {
        this.model = model;
    }

    /** Which time counts. */
    public ObjectProperty<Measure> measure() {
        return measure;
    }

    /** What functions and files are looked for by; empty for none. */
    public StringProperty search() {
        return search;
    }

    /** How the call tree is read. */
    public ObjectProperty<Direction> direction() {
        return direction;
    }

    /** The function whose callers the call tree shows when it is read that way. */
    public ObjectProperty<@Nullable Function> called() {
        return called;
    }

    /** Whether the flame graph is merged from the innermost calls on. */
    public BooleanProperty flameFromLeaf() {
        return flameFromLeaf;
    }

    /** Whether the flame graph grows from the bottom. */
    public BooleanProperty flameUpwards() {
        return flameUpwards;
    }

    public void showCallersOf(Function function) {
        called.set(function);
        direction.set(Direction.CALLERS);
        model.topic().set(Topic.CALLS);
    }

    /** Shows a call's line in its file. */
    public void showSource(Frame call) {
        model.function().set(call);
        model.topic().set(Topic.SOURCE);
    }

    public void showFunction(Frame call) {
        model.function().set(call);
        model.topic().set(Topic.FUNCTIONS);
    }

    /** Counts a part; not on the JavaFX thread. Tabs that are about the same part share the answer. */
    public CallTimes count(RecordingData data, Part part) {
        return counter.count(data.recording(), part);
    }
}
