package io.threadlens.view.compare;

import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.comparison.CallChange;
import io.threadlens.comparison.CallDifference;
import io.threadlens.comparison.ComparedBy;
import io.threadlens.comparison.DifferenceNode;
import io.threadlens.comparison.SideTimes;
import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.detail.Calls;
import io.threadlens.view.theme.StateSwatch;
import java.util.Locale;
import java.util.Set;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** How differences are written. */
final class DifferenceWords {
    private static final String NOISE = "within 5 %, or too few samples";

    private DifferenceWords() {}

    /** {@code ▲ +120 ms, 1.80×}, {@code ▼ −3.2 points, 0.51×}, {@code ▲ +80.0 ms, new}; {@code ≈ +2.10 ms, 1.01×} where it may be noise. */
    static String figure(CallChange change, ComparedBy by) {
        String sign = change.difference() == 0 ? "" : change.isWithinNoise() ? "≈ " : change.difference() > 0 ? "▲ " : "▼ ";
        return sign + plain(change, by);
    }

    private static String plain(CallChange change, ComparedBy by) {
        double difference = change.difference();
        if (difference == 0) {
            return "no difference";
        }
        String size = by == ComparedBy.TIME
                ? TimeFormat.length(Math.round(Math.abs(difference)))
                : String.format(Locale.ROOT, "%.1f points", 100 * Math.abs(difference));
        return (difference < 0 ? "−" : "+") + size + ", " + ratio(change);
    }

    private static String ratio(CallChange change) {
        if (change.a() == 0) {
            return "new";
        }
        if (change.b() == 0) {
            return "gone";
        }
        double ratio = change.ratio();
        return String.format(Locale.ROOT, ratio < 9.995 ? "%.2f×" : ratio < 99.95 ? "%.1f×" : "%.0f×", ratio);
    }

    /** What there is to say of a place, as one text. */
    static String text(DifferenceGraph.Question question, SideNames names, DifferenceNode node) {
        CallChange time = question.difference().change(node.times(), question.measure(), ComparedBy.TIME);
        CallChange share = question.difference().change(node.times(), question.measure(), ComparedBy.SHARE);
        Function function = node.function();
        String place = function == null ? "" : Calls.place(function.file(), function.firstLine());
        return name(node) + (place.isEmpty() ? "" : ", " + place) + ", "
                + names.a() + " " + side(time.a(), share.a()) + ", " + names.b() + " " + side(time.b(), share.b()) + ", "
                + (question.by() == ComparedBy.TIME ? figure(time, ComparedBy.TIME) : figure(share, ComparedBy.SHARE))
                + (mayBeNoise(question, node) ? ", " + NOISE : "");
    }

    /** All of both sides. */
    static String whole(DifferenceGraph.Question question, SideNames names) {
        SideTimes all = question.difference().topDown().times();
        CallChange change = question.difference().change(all, question.measure(), ComparedBy.TIME);
        String measure = question.measure().name();
        return names.a() + " " + TimeFormat.length(all.a(question.measure())) + " " + measure + ", " + names.b() + " " + TimeFormat.length(all.b(question.measure()))
                + ": " + plain(change, ComparedBy.TIME);
    }

    /** Which share of a, and then of b, matches a text. */
    static String found(CallDifference difference, String text, Measure measure) {
        SideTimes found = difference.matching(text);
        SideTimes all = difference.topDown().times();
        return found.a(measure) + found.b(measure) == 0
                ? "no time in what matches"
                : TimeFormat.percent(found.a(measure), all.a(measure)) + " → " + TimeFormat.percent(found.b(measure), all.b(measure));
    }

    private static String side(double time, double share) {
        return TimeFormat.length(Math.round(time)) + " " + TimeFormat.percent(share, 1);
    }

    private static String name(DifferenceNode node) {
        return node.function() == null ? "Everything" : Calls.function(node.function().frame());
    }

    /** The same to be seen. */
    static Node content(DifferenceGraph.Question question, SideNames names, DifferenceNode node) {
        Label name = new Label(name(node));
        name.getStyleClass().add("stack-title");
        VBox content = new VBox(3, name);
        addPlaces(content, names, node);
        GridPane grid = new GridPane();
        grid.setHgap(14);
        grid.setVgap(1);
        grid.getColumnConstraints().add(new ColumnConstraints());
        for (int i = 0; i < 3; i++) {
            ColumnConstraints numbers = new ColumnConstraints();
            numbers.setHalignment(HPos.RIGHT);
            grid.getColumnConstraints().add(numbers);
        }
        grid.addRow(0, new Label(), new Label(names.a()), new Label(names.b()), new Label("difference"));
        Measure measure = question.measure();
        row(grid, new Label(measure.name()), question, node.times(), measure, ComparedBy.TIME);
        row(grid, new Label("share of it all"), question, node.times(), measure, ComparedBy.SHARE);
        if (node.function() != null) {
            row(grid, new Label("itself"), question, node.self(), measure, question.by());
        }
        for (int i = LaneRaster.TOP_TO_BOTTOM.length - 1; i >= 0; i--) {
            ThreadState state = LaneRaster.TOP_TO_BOTTOM[i];
            Measure only = Measure.of(Set.of(state));
            if (measure.states().contains(state) && node.times().a(only) + node.times().b(only) > 0) {
                row(grid, new Label(state.label(), new StateSwatch(state)), question, node.times(), only, ComparedBy.TIME);
            }
        }
        content.getChildren().add(grid);
        if (mayBeNoise(question, node)) {
            content.getChildren().add(new Label("≈ " + NOISE));
        }
        return content;
    }

    private static boolean mayBeNoise(DifferenceGraph.Question question, DifferenceNode node) {
        CallChange change = question.change(node.times());
        return change.difference() != 0 && change.isWithinNoise();
    }

    private static void addPlaces(VBox content, SideNames names, DifferenceNode node) {
        String a = place(node.inA());
        String b = place(node.inB());
        if (node.function() == null) {
            return;
        }
        if (a != null && b != null && !a.equals(b)) {
            content.getChildren().addAll(new Label(names.a() + ": " + a), new Label(names.b() + ": " + b));
        } else {
            String only = node.inA() == null ? ", in " + names.b() + " alone" : node.inB() == null ? ", in " + names.a() + " alone" : "";
            content.getChildren().add(new Label((b != null ? b : a != null ? a : "no file") + only));
        }
    }

    private static @Nullable String place(@Nullable Function function) {
        if (function == null || function.file() == null) {
            return null;
        }
        return function.file() + (function.firstLine() > 0 ? ":" + function.firstLine() : "");
    }

    private static void row(GridPane grid, Label what, DifferenceGraph.Question question, SideTimes times, Measure measure, ComparedBy by) {
        CallChange change = question.difference().change(times, measure, by);
        grid.addRow(grid.getRowCount(), what, new Label(value(change.a(), by)), new Label(value(change.b(), by)), new Label(figure(change, by)));
    }

    private static String value(double value, ComparedBy by) {
        return by == ComparedBy.TIME ? TimeFormat.length(Math.round(value)) : TimeFormat.percent(value, 1);
    }
}
