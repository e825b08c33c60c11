package io.threadlens.view.detail;

import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.FlameLayout;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.theme.StateSwatch;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** What is said of a box of a flame graph: which function, where, how long, and what the threads did in that time. */
final class CallWords {
    private CallWords() {}

    static Node content(FlamePicture<CallNode, FlameView.Question> picture, int number) {
        FlameLayout.Box<CallNode> box = picture.box(number);
        Label name = new Label(name(box));
        name.getStyleClass().add("stack-title");
        VBox content = new VBox(3, name);
        Function function = box.node().function();
        if (function != null && function.file() != null) {
            content.getChildren().add(new Label(function.file() + (function.firstLine() > 0 ? ":" + function.firstLine() : "")));
        }
        content.getChildren().add(new Label(times(picture, box)));
        content.getChildren().add(states(picture.question().measure().part(box.node().times()), box.time()));
        return content;
    }

    private static Node states(long[] times, long whole) {
        GridPane grid = new GridPane();
        grid.setHgap(12);
        grid.setVgap(1);
        for (int i = LaneRaster.TOP_TO_BOTTOM.length - 1; i >= 0; i--) {
            ThreadState state = LaneRaster.TOP_TO_BOTTOM[i];
            long time = times[state.code()];
            if (time > 0) {
                grid.addRow(grid.getRowCount(), new Label(state.label(), new StateSwatch(state)),
                        new Label(TimeFormat.percent(time, whole)), new Label(TimeFormat.length(time)));
            }
        }
        return grid;
    }

    /** The same as one text, for those who do not see it. */
    static String text(FlamePicture<CallNode, FlameView.Question> picture, int number) {
        FlameLayout.Box<CallNode> box = picture.box(number);
        StringBuilder text = new StringBuilder(name(box));
        Function function = box.node().function();
        if (function != null && function.file() != null) {
            text.append(", ").append(Calls.place(function.file(), function.firstLine()));
        }
        text.append(", ").append(times(picture, box));
        long[] times = picture.question().measure().part(box.node().times());
        for (int i = LaneRaster.TOP_TO_BOTTOM.length - 1; i >= 0; i--) {
            ThreadState state = LaneRaster.TOP_TO_BOTTOM[i];
            if (times[state.code()] > 0) {
                text.append(", ").append(state.label()).append(' ').append(TimeFormat.percent(times[state.code()], box.time()));
            }
        }
        return text.toString();
    }

    private static String name(FlameLayout.Box<CallNode> box) {
        Function function = box.node().function();
        return function == null ? "Everything" : Calls.function(function.frame());
    }

    private static String times(FlamePicture<CallNode, FlameView.Question> picture, FlameLayout.Box<CallNode> box) {
        Measure measure = picture.question().measure();
        String total = TimeFormat.length(box.time()) + ", " + TimeFormat.percent(box.time(), picture.all()) + " of the " + measure.name();
        long self = measure.of(box.node().self());
        return box.node().function() == null || picture.question().fromLeaf() ? total
                : total + "; itself " + (self == 0 ? "none" : TimeFormat.length(self) + ", " + TimeFormat.percent(self, picture.all()));
    }
}
