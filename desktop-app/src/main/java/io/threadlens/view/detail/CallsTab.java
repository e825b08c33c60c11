package io.threadlens.view.detail;

import atlantafx.base.theme.Styles;
import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.CallSearch;
import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.Background;
import io.threadlens.view.data.CodeSelection;
import io.threadlens.view.data.CodeSelection.Direction;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.TimelineModel;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Where the time went, as a tree: what was called by whom, the innermost calls and who called them, or the callers of one function. */
final class CallsTab extends ScopeTab<CallTimes> {
    private record Question(Scope scope, CallTimes times, Direction direction, @Nullable Function called, Measure measure) {
        boolean isSameTree(@Nullable Question other) {
            return other != null && direction == other.direction && (direction != Direction.CALLERS || String.valueOf(called).equals(String.valueOf(other.called)));
        }
    }

    private record Answer(Question question, @Nullable CallNode root) {}

    private final Consumer<Throwable> onFailure;
    private final CodeSelection code;
    private final CallTreeView tree;
    private final CodeSearch search;
    private final Label summary = new Label();
    private final Label placeholder = new Label();
    private final Map<Direction, ToggleButton> directions = new EnumMap<>(Direction.class);
    private final Latest<Question, Answer> building;
    private @Nullable Question asked;
    private @Nullable Answer shown;
    private @Nullable CallSearch finding;

    CallsTab(TimelineModel model, Consumer<Throwable> onFailure) {
        super("Call tree", "calls", model, Scope::selected, scope -> model.code().count(scope.data(), scope.part()), onFailure);
        this.onFailure = onFailure;
        code = model.code();
        tree = new CallTreeView(code);
        search = new CodeSearch(code.search(), code.measure(), "calls", onFailure);
        search.onEnter(this::findNext);
        building = new Latest<>("call-tree", CallsTab::build, this::arrived, onFailure);
        summary.setId("calls-summary");
        summary.getStyleClass().add("caption");
        placeholder.getStyleClass().add("hint");
        placeholder.setWrapText(true);
        tree.setPlaceholder(placeholder);
        HBox foot = new HBox(summary);
        foot.getStyleClass().add("code-way");
        BorderPane content = new BorderPane(tree);
        content.setTop(new VBox(tools(), foot));
        setContent(content);
        code.measure().addListener(o -> ask());
        code.direction().addListener(o -> ask());
        code.called().addListener(o -> ask());
        code.search().addListener(o -> finding = null);
    }

    private Node tools() {
        Pills pills = new Pills();
        add(pills, Direction.TOP_DOWN, "Top down", "What was called by whom, from the root on");
        add(pills, Direction.BOTTOM_UP, "Bottom up", "The innermost calls, and who called them");
        add(pills, Direction.CALLERS, "Callers of …", "Every place where the selected function is called");
        Button heaviest = new Button("Heaviest path");
        heaviest.setId("calls-heaviest");
        heaviest.getStyleClass().add(Styles.SMALL);
        heaviest.setMinWidth(Region.USE_PREF_SIZE);
        heaviest.setTooltip(new Tooltip("Open what has the most time, from the selected row on"));
        heaviest.setOnAction(e -> tree.openHeaviest());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox tools = new HBox(12, new MeasurePicker(code.measure()), pills, heaviest, gap, search);
        tools.getStyleClass().add("code-tools");
        directions.get(code.direction().get()).setSelected(true);
        return tools;
    }

    private void add(Pills pills, Direction direction, String text, String meaning) {
        ToggleButton button = pills.add(text, "calls-" + direction.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        button.setTooltip(new Tooltip(meaning));
        button.setOnAction(e -> choose(direction));
        directions.put(direction, button);
    }

    private void choose(Direction direction) {
        TreeItem<CallNode> selected = tree.getSelectionModel().getSelectedItem();
        if (direction == Direction.CALLERS && selected != null && selected.getValue().function() != null) {
            code.called().set(selected.getValue().function());
        } else if (direction == Direction.CALLERS && code.called().get() == null && model().function().get() != null) {
            code.called().set(Function.of(model().function().get()));
        }
        code.direction().set(direction);
    }

    @Override
    void show(Scope scope, CallTimes times) {
        search.show((text, measure) -> CodeSearch.shareOf(times, text, measure));
        asked = new Question(scope, times, code.direction().get(), code.called().get(), code.measure().get());
        building.ask(asked);
    }

    private void ask() {
        directions.get(code.direction().get()).setSelected(true);
        if (asked != null) {
            show(asked.scope(), asked.times());
        }
    }

    private static Answer build(Question question) {
        CallNode root = switch (question.direction()) {
            case TOP_DOWN -> question.times().topDown();
            case BOTTOM_UP -> question.times().bottomUp();
            case CALLERS -> question.called() == null ? null : question.times().callersOf(question.called());
        };
        if (root != null) {
            // Found here, so that the JavaFX thread need not: the first step is the long one.
            root.children();
        }
        return new Answer(question, root);
    }

    private void arrived(Answer answer) {
        Question question = answer.question();
        Measure measure = question.measure();
        long all = measure.of(question.times().all());
        boolean keepOpen = shown != null && shown.root() != null && question.isSameTree(shown.question());
        shown = answer;
        finding = null;
        Function called = question.called();
        String name = called == null ? "" : Calls.function(called.frame());
        directions.get(Direction.CALLERS).setText(called == null ? "Callers of …" : "Callers of " + name);
        if (answer.root() == null || measure.of(answer.root().times()) == 0) {
            tree.setRoot(null);
            placeholder.setText(question.direction() != Direction.CALLERS ? "No " + measure.name() + " here."
                    : called == null ? "Select a function in the tree, or choose “Callers of” in a menu of the flame graph, to see who calls it."
                            : name + " has no " + measure.name() + " here.");
        } else {
            tree.show(answer.root(), measure, question.direction() != Direction.TOP_DOWN, question.scope().who(), all, keepOpen);
        }
        summary.setText(question.scope().text() + "   ·   " + question.scope().who() + "   ·   " + TimeFormat.length(all) + " " + measure.name() + switch (question.direction()) {
            case TOP_DOWN -> "   ·   Self: the innermost call";
            case BOTTOM_UP -> "   ·   below each function those that called it";
            case CALLERS -> "   ·   with all that it called; where it calls itself, the outermost call counts";
        });
    }

    /** Opens the tree down to the next place that matches, the heaviest first; after the last, the first again. */
    private void findNext() {
        Answer answer = shown;
        String text = code.search().get().strip();
        if (answer == null || answer.root() == null || text.isEmpty()) {
            return;
        }
        CallSearch search = finding != null ? finding : new CallSearch(answer.root(), answer.question().measure(), text);
        finding = search;
        Background.run(
                () -> Optional.ofNullable(search.next()),
                path -> path.ifPresentOrElse(tree::select, () -> finding = null),
                onFailure);
    }

    boolean isWhole() {
        return isSettled() && (!isSelected() || asked == null || shown != null && shown.question() == asked);
    }

    @Override
    public void close() {
        super.close();
        tree.close();
        building.close();
        search.close();
    }
}
