package io.threadlens.view.compare;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Estimate;
import io.threadlens.comparison.Prediction;
import io.threadlens.comparison.Run;
import io.threadlens.comparison.Side;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import io.threadlens.view.theme.Icons;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;

/** The two sides, how many times as fast b was, what would have been ideal, and what to be careful of. */
final class HeadlineView extends VBox {
    private static final double CARD = 200;
    /** A name is cut to no less. */
    private static final double LEAST_NAME = 56;

    HeadlineView(Comparison comparison) {
        setMinWidth(0);
        HBox strip = new HBox(card("A", comparison.a()), between(comparison), card("B", comparison.b()));
        strip.getStyleClass().add("pair-headline");
        strip.setAlignment(Pos.CENTER);
        getChildren().add(strip);
        if (!comparison.warnings().isEmpty()) {
            getChildren().add(warnings(comparison.warnings()));
        }
    }

    private static Node card(String letter, Side side) {
        ProcessInfo process = side.process();
        Label mark = new Label(letter);
        mark.getStyleClass().addAll("side-letter", "side-" + letter.toLowerCase(Locale.ROOT));
        mark.setMinWidth(USE_PREF_SIZE);
        Label name = new Label(name(side));
        name.getStyleClass().add("side-name");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setMinWidth(LEAST_NAME);
        Label configuration = new Label(side.configuration());
        configuration.getStyleClass().add("side-configuration");
        configuration.setMinWidth(0);
        HBox head = new HBox(8, mark, name, configuration);
        head.setAlignment(Pos.CENTER_LEFT);
        Label times = caption(times(side));
        Label program = caption(program(side));
        VBox card = new VBox(3, head, times, program);
        card.setId("card-" + letter.toLowerCase(Locale.ROOT));
        card.getStyleClass().add("side-card");
        card.setMinWidth(0);
        card.setPrefWidth(CARD);
        HBox.setHgrow(card, Priority.ALWAYS);
        String files = side.runs().stream().map(Run::file).filter(Objects::nonNull).collect(Collectors.joining("\n"));
        Tooltip.install(card, new Tooltip(files + (files.isEmpty() ? "" : "\n") + String.join(" ", process.command()) + "\n" + process.executable() + " on " + process.host()));
        return card;
    }

    private static Label caption(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("caption");
        label.setMinWidth(0);
        return label;
    }

    /**
     * Of the recording's file, without what all of them have, and with its folder where it has but a number; of several the folder. Where there is no file, the
     * command.
     */
    private static String name(Side side) {
        String file = side.first().file();
        if (file == null) {
            return String.join(" ", side.process().command());
        }
        String name = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.threadlens$", "");
        Path folder = Path.of(file).getParent();
        boolean alone = side.runs().size() == 1;
        if (folder == null || folder.getFileName() == null) {
            return alone ? name : name + " and " + (side.runs().size() - 1) + " more";
        }
        return !alone ? folder.getFileName().toString() : name.chars().allMatch(Character::isDigit) ? folder.getFileName() + "/" + name : name;
    }

    private static String times(Side side) {
        Estimate wall = Estimate.of(side.each(Run::wall));
        List<String> parts = new ArrayList<>();
        parts.add(Numbers.seconds(wall.value()) + (wall.hasInterval() ? " ± " + Numbers.seconds((wall.high() - wall.low()) / 2) : "") + " wall");
        if (side.runs().stream().allMatch(run -> run.cpu() != null)) {
            parts.add(Numbers.seconds(side.mean(run -> Objects.requireNonNull(run.cpu()))) + " CPU");
        }
        parts.add(Numbers.number(side.mean(Run::meanBusyCores)) + " of " + side.process().cores() + " cores busy");
        return String.join("   ·   ", parts);
    }

    private static String program(Side side) {
        ProcessInfo process = side.process();
        int threads = side.first().threads().size();
        int runs = side.runs().size();
        return "Python " + process.python() + "   ·   GIL " + (process.gilEnabled() ? "on" : "off") + "   ·   " + threads + (threads == 1 ? " thread" : " threads")
                + "   ·   " + runs + (runs == 1 ? " run" : " runs");
    }

    private static Node between(Comparison comparison) {
        Estimate reached = comparison.speedup();
        Label number = new Label(reached == null ? Numbers.times(Double.NaN) : Numbers.times(reached.value()));
        number.setId("speed-up");
        number.getStyleClass().add("speed-up");
        VBox box = new VBox(number);
        if (reached != null) {
            Label certainty = caption(SpeedupWords.certainty(reached));
            certainty.setId("speed-up-certainty");
            box.getChildren().add(certainty);
        }
        box.getChildren().add(caption(SpeedupWords.ideal(comparison.decomposition())));
        Estimate predicted = comparison.predicted();
        Prediction first = comparison.a().first().predicted();
        if (predicted != null && first != null) {
            Label label = caption(SpeedupWords.predicted(predicted));
            label.setTooltip(new Tooltip("From the recording with the GIL alone, if\n" + String.join("\n", first.assumptions())));
            box.getChildren().add(label);
        }
        box.setAlignment(Pos.CENTER);
        box.setMinWidth(USE_PREF_SIZE);
        Tooltip.install(number, new Tooltip("Wall time of A divided by that of B: more than 1 where B is faster."));
        return box;
    }

    /** A line, and when it is clicked the list. */
    private static Node warnings(List<String> warnings) {
        VBox list = new VBox(2);
        list.setId("warning-list");
        for (String warning : warnings) {
            Label label = new Label("•  " + warning);
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
            list.getChildren().add(label);
        }
        list.setVisible(false);
        list.managedProperty().bind(list.visibleProperty());
        Hyperlink line = new Hyperlink(warnings.size() == 1 ? warnings.getFirst() : warnings.size() + " warnings: " + warnings.getFirst() + " …", Icons.of(MaterialDesignA.ALERT_OUTLINE));
        line.setId("warnings");
        line.setMinWidth(0);
        line.setOnAction(e -> {
            list.setVisible(!list.isVisible());
            line.setVisited(false);
        });
        VBox box = new VBox(line, list);
        box.getStyleClass().add("comparison-warnings");
        return box;
    }
}
