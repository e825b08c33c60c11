package io.threadlens.view.compare;

import io.threadlens.model.RecordingInfo;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.compare.PairData.Recorded;
import io.threadlens.view.data.RecordingData;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the two recordings are, and how much faster b was. */
final class PairHeadline extends HBox {
    private static final double CARD = 200;

    PairHeadline(PairData pair) {
        getStyleClass().add("pair-headline");
        setAlignment(Pos.CENTER);
        getChildren().addAll(card("a", pair.a()), between(pair), card("b", pair.b()));
    }

    private static VBox card(String letter, Recorded recorded) {
        RecordingData data = recorded.data();
        RecordingInfo.ProcessInfo process = data.info().process();
        Label side = new Label(letter);
        side.getStyleClass().addAll("side-letter", "side-" + letter);
        Label name = new Label(recorded.name());
        name.getStyleClass().add("side-name");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        Label configuration = new Label(configuration(data));
        configuration.getStyleClass().add("side-configuration");
        configuration.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(8, side, name, configuration);
        head.setAlignment(Pos.CENTER_LEFT);
        String cores = process.cores() > 0 ? " of " + process.cores() : "";
        Label figures = new Label("%s   ·   Python %s   ·   %s busy cores%s on average".formatted(
                TimeFormat.length(data.range().lengthNs()), process.python(), String.format(Locale.ROOT, "%.1f", data.busy().mean()), cores));
        figures.getStyleClass().add("caption");
        VBox card = new VBox(3, head, figures);
        card.setId("card-" + letter);
        card.getStyleClass().add("side-card");
        card.setMinWidth(0);
        card.setPrefWidth(CARD);
        HBox.setHgrow(card, Priority.ALWAYS);
        Tooltip.install(card, new Tooltip(recorded.name() + "\n" + String.join(" ", process.command()) + "\n" + process.executable() + " on " + process.host()));
        return card;
    }

    static String configuration(RecordingData data) {
        if (!data.info().process().freeThreadedBuild()) {
            return "GIL build";
        }
        return data.isGilOn() ? "free-threaded, GIL on" : "free-threaded";
    }

    private static VBox between(PairData pair) {
        double speedUp = (double) pair.a().data().range().lengthNs() / Math.max(1, pair.b().data().range().lengthNs());
        Label number = new Label(String.format(Locale.ROOT, speedUp < 10 ? "%.2f ×" : "%.1f ×", speedUp));
        number.setId("speed-up");
        number.getStyleClass().add("speed-up");
        boolean whole = isWhole(pair.a().data()) && isWhole(pair.b().data());
        Label meaning = new Label(whole ? "speed-up, a to b" : "as long as b, but one was cut short");
        meaning.getStyleClass().add(whole ? "caption" : "speed-up-doubt");
        VBox box = new VBox(number, meaning);
        box.setAlignment(Pos.CENTER);
        box.setMinWidth(USE_PREF_SIZE);
        Tooltip.install(box, new Tooltip(whole
                ? "Length of a divided by that of b."
                : "Length of a divided by that of b. It is no speed-up where a recording does not last as long as the program."));
        return box;
    }

    /** Whether the recording lasts until the program ended by itself. */
    private static boolean isWhole(RecordingData data) {
        RecordingInfo.End end = data.info().end();
        return end != null && end.reason().equals("exited");
    }
}
