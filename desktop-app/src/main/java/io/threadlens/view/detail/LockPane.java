package io.threadlens.view.detail;

import io.threadlens.analysis.LockContention;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** One lock, looked at from four sides: the stacks that meet there, its waiters and holders, its life over time, and who waited for whom. */
final class LockPane extends StackPane implements AutoCloseable {
    private static final double LONGEST_NAME = 200;

    private final MeetingsView meetings;
    private final PartiesView parties = new PartiesView();
    private final LockLife life;
    private final WaitTableView matrix;
    private final Label title = new Label();
    private final Label facts = new Label();
    private final Label hint = new Label();
    private final BorderPane content = new BorderPane();

    LockPane(TimelineModel model, int pixelScale, Consumer<Throwable> onFailure) {
        meetings = new MeetingsView(model, onFailure);
        life = new LockLife(model, pixelScale, onFailure);
        matrix = new WaitTableView(pixelScale);
        setId("lock");
        setMinWidth(0);
        title.getStyleClass().add("stack-title");
        facts.getStyleClass().add("caption");
        facts.setMinWidth(0);
        hint.getStyleClass().add("hint");
        hint.setId("lock-hint");
        hint.setWrapText(true);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(10, title, facts, gap, sides());
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("lock-head");
        content.setTop(head);
        getChildren().addAll(content, hint);
        showNothing("");
    }

    private Node sides() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("Stacks", meetings);
        nodes.put("Threads", parties);
        nodes.put("Over time", life);
        nodes.put("Who for whom", matrix);
        Pills pills = new Pills();
        nodes.forEach((name, node) -> pills.add(name, "side-" + name.toLowerCase(Locale.ROOT).replace(' ', '-'))
                .selectedProperty()
                .addListener((o, was, is) -> {
                    if (is) {
                        content.setCenter(node);
                    }
                }));
        pills.selectFirst();
        return pills;
    }

    void show(Scope scope, LockContention lock) {
        content.setVisible(true);
        hint.setVisible(false);
        title.setText(lock.label());
        // Where room is short, what is said of the lock goes before its name.
        title.setMinWidth(Math.min(LONGEST_NAME, 1.25 * Texts.width(lock.label(), Texts.BOLD)));
        facts.setText((lock.type() == null || lock.type().equals(lock.label()) ? lock.kind().label() : lock.type()) + "  ·  " + Cells.seconds(lock.waitSeconds())
                + " lost in " + (lock.waits() == 1 ? "1 wait" : lock.waits() + " waits"));
        List<String> names = scope.data().threads().stream().map(LaneLayout::nameOf).toList();
        meetings.show(scope.data(), names, lock);
        parties.show(names, lock);
        life.show(scope, lock.lock());
        matrix.show(names, lock);
    }

    void showNothing(String why) {
        content.setVisible(false);
        hint.setVisible(true);
        hint.setText(why);
    }

    boolean isSettled() {
        return !content.isVisible() || meetings.isSettled() && life.isSettled();
    }

    @Override
    public void close() {
        meetings.close();
        life.close();
        matrix.close();
    }
}
