package io.threadlens.view.shell;

import io.threadlens.model.RecordingInfo;
import io.threadlens.recording.Recording;
import io.threadlens.view.data.CommandText;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/** The line at the bottom: which interpreter, how often it was looked at, and everything that makes the numbers less than exact. */
final class StatusLine extends HBox {
    private static final PseudoClass GIL_ON = PseudoClass.getPseudoClass("on");

    /** More features than this are not named but counted. */
    private static final int MOST_NAMED = 3;

    private final LongSupplier size;
    private final Label python = new Label();
    private final Label gil = new Label();
    private final Label rate = item("Ticks a second that were asked for.");
    private final Label missed = item("Ticks that were due and were not taken, because the machine was too busy.");
    private final Label trimmed = item("Samples whose innermost calls were left out because they were not certain.");
    private final Label torn = item("Samples whose stack was dropped because it did not add up: it changed while it was read.");
    private final Label agent = item("What the agent takes of a core.");
    private final Label bytes = item("Size of the recording on disk.");
    private final Label switches = new Label();
    private final Label features = new Label();
    private final Label process = new Label();

    StatusLine(TimelineModel model, LongSupplier size) {
        this.size = size;
        getStyleClass().add("status-line");
        setId("status");
        setAlignment(Pos.CENTER_LEFT);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        process.setMinWidth(0);
        gil.getStyleClass().add("gil");
        features.setId("features-off");
        features.getStyleClass().add("warning");
        getChildren().addAll(List.of(python, gil, rate, missed, trimmed, torn, agent, bytes, switches, features, gap, process));
        for (Label label : List.of(python, gil, rate, missed, trimmed, torn, agent, bytes, switches, features)) {
            label.setMinWidth(USE_PREF_SIZE);
            label.managedProperty().bind(label.visibleProperty());
        }
        model.data().addListener((o, was, is) -> show(is));
        show(model.data().get());
    }

    private static Label item(String meaning) {
        Label label = new Label();
        label.setTooltip(tooltip(meaning));
        return label;
    }

    private static Tooltip tooltip(String text) {
        Tooltip tooltip = new Tooltip(text);
        tooltip.setShowDelay(Duration.millis(250));
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(420);
        return tooltip;
    }

    private void show(RecordingData data) {
        RecordingInfo info = data.info();
        RecordingInfo.ProcessInfo of = info.process();
        python.setText("Python " + of.python() + (of.freeThreadedBuild() ? " free-threaded" : " GIL build"));
        python.setTooltip(tooltip(of.executable() + " on " + of.host()));
        boolean on = data.isGilOn();
        gil.setText(on ? "GIL on" : "GIL off");
        gil.pseudoClassStateChanged(GIL_ON, on && of.freeThreadedBuild());
        RecordingInfo.Counters counters = info.counters();
        long ticks = data.recording().tickCount();
        rate.setText(rate(info.rateHz()));
        missed.setText("missed " + percent(counters.missedTicks(), ticks + counters.missedTicks()));
        trimmed.setText("trimmed " + percent(counters.trimmedSamples(), counters.samples()));
        torn.setText("torn " + percent(counters.tornSamples(), counters.samples()));
        long lasted = data.recording().tickCount() == 0 ? 0 : data.recording().tickEnd((int) ticks - 1) - data.recording().tickTime(0);
        agent.setText("agent " + percent(counters.agentCpuNs(), lasted));
        long onDisk = size.getAsLong();
        bytes.setVisible(onDisk > 0);
        bytes.setText(bytes(onDisk));
        showFeatures(info.features(), data.events());
        process.setText("pid " + of.pid() + "  " + CommandText.brief(of.command()));
        process.setTooltip(tooltip(String.join(" ", of.command())));
    }

    /** What is off and why, from the start or since. */
    private void showFeatures(Map<String, String> features, List<Recording.Event> events) {
        String exact = features.get("switches");
        switches.setVisible(exact != null);
        switches.setText("context switches: " + ("ok".equals(exact) ? "exact" : "estimated"));
        switches.setTooltip(tooltip(exact == null || exact.equals("ok") ? "The kernel told of every switch." : exact));
        Map<String, String> off = new TreeMap<>(features);
        off.values().removeIf("ok"::equals);
        off.remove("switches");
        List<String> why = new ArrayList<>();
        off.forEach((name, reason) -> why.add(name + ": " + reason));
        for (Recording.Event event : events) {
            if (event.kind().equals("feature") && event.text() != null) {
                why.add("while it was recorded: " + event.text());
            }
        }
        this.features.setVisible(!why.isEmpty());
        boolean few = !off.isEmpty() && off.size() == why.size() && off.size() <= MOST_NAMED;
        this.features.setText(few ? String.join(", ", off.keySet()) + " off" : why.size() == 1 ? "1 feature off" : why.size() + " features off");
        this.features.setTooltip(tooltip(String.join("\n", why)));
    }

    private static String rate(double hz) {
        return hz >= 1000 ? number(hz / 1000) + " kHz" : number(hz) + " Hz";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    /** With a digit after the point: whether it is a tenth of a percent or none matters here. */
    private static String percent(long part, long whole) {
        if (part == 0 || whole == 0) {
            return "0 %";
        }
        double percent = 100.0 * part / whole;
        return percent < 0.1 ? "<0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    static String bytes(long bytes) {
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.0f kB", bytes / 1e3);
        }
        return bytes < 1_000_000_000 ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6) : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
