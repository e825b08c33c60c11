package io.threadlens.view.cores;

import io.threadlens.model.Moments;
import io.threadlens.timeline.BusyHistogram;
import io.threadlens.timeline.BusySteps;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.BusyChoice;
import io.threadlens.view.data.CoreData;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import java.util.Locale;
import java.util.SortedSet;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * The histogram of busy cores with what it is about, and the work behind it: finding the moments that are chosen, again while the recording grows and whatever tab is in
 * front.
 */
public final class BusyBrush extends BorderPane implements AutoCloseable {
    public static final double WIDTH = 196;
    /** Moments of a growing recording are found no more often than this. */
    private static final long EVERY_NS = 1_000_000_000L;

    private record Question(RecordingData data, SortedSet<Integer> counts) {}

    private record Answer(Question question, Moments moments, long ns, long allNs) {}

    private final TimelineModel model;
    private final CoreData cores;
    private final BusyHistogramView histogram;
    private final Label mean = new Label();
    private final Hyperlink all = new Hyperlink("all");
    private final Latest<Question, Answer> finding;
    private long askedNs;
    private @Nullable Question asked;
    private @Nullable Question answered;

    /** @param pixelScale device pixels per pixel; 0 takes the window's */
    public BusyBrush(TimelineModel model, CoreData cores, int pixelScale, Consumer<Throwable> onFailure) {
        this.model = model;
        this.cores = cores;
        histogram = new BusyHistogramView(model.busyChoice(), Math.max(1, pixelScale));
        finding = new Latest<>("busy-moments", this::find, this::arrived, onFailure);
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        getStyleClass().add("busy-brush");
        Label title = new Label("Cores busy at once");
        title.getStyleClass().add("caption-title");
        title.setTooltip(new Tooltip("For how long so many threads were running or native at the same time. Who spins for a lock or waits for the GIL is not busy.\n"
                + "Click a bar, or drag over several, to look only at those moments; Shift adds. Keys: ↑ ↓ and space, Esc for all."));
        mean.getStyleClass().add("caption");
        mean.setId("busy-mean");
        all.setId("busy-all");
        all.getStyleClass().add("caption");
        all.setOnAction(e -> model.busyChoice().clear());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(title, gap, all);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox top = new VBox(head, mean);
        top.getStyleClass().add("busy-brush-head");
        ScrollPane scroll = new ScrollPane(histogram);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinHeight(0);
        setTop(top);
        setCenter(scroll);
        setMinHeight(0);
        BusyChoice choice = model.busyChoice();
        choice.counts().addListener(o -> chosen());
        model.data().addListener((o, was, is) -> {
            if (!choice.counts().get().isEmpty() && (!is.isLive() || System.nanoTime() - askedNs > EVERY_NS)) {
                ask();
            }
        });
        all.setDisable(true);
    }

    /**
     * @param part  of the selected range, or of the whole recording
     * @param whole of the whole recording; the same where no range is selected
     */
    public void show(BusyHistogram part, BusyHistogram whole) {
        histogram.show(part, whole);
        mean.setText(String.format(Locale.ROOT, "%.2f of %d on average in %s", part.mean(), part.ns().length - 1, TimeFormat.length(part.whole())));
    }

    private void chosen() {
        boolean any = !model.busyChoice().counts().get().isEmpty();
        all.setDisable(!any);
        if (any) {
            ask();
        }
    }

    private void ask() {
        askedNs = System.nanoTime();
        asked = new Question(model.data().get(), model.busyChoice().counts().get());
        finding.ask(asked);
    }

    private Answer find(Question question) {
        RecordingData data = question.data();
        int most = machineCores(data);
        BusySteps steps = cores.busy(data);
        Moments moments = steps.moments(busy -> question.counts().contains(Math.min(busy, most)));
        BusyHistogram whole = BusyHistogram.of(steps, data.times(), data.range(), most);
        long ns = 0;
        for (int count : question.counts()) {
            ns += whole.ns()[count];
        }
        return new Answer(question, moments, ns, whole.whole());
    }

    /** How many cores there are: more cannot be busy. */
    public static int machineCores(RecordingData data) {
        return Math.max(1, data.info().process().cores());
    }

    private void arrived(Answer answer) {
        answered = answer.question();
        model.busyChoice().found(answer.question().counts(), answer.moments(), answer.ns(), answer.allNs());
    }

    /** Whether the moments are those that are chosen. */
    public boolean isSettled() {
        return asked == answered;
    }

    @Override
    public void close() {
        finding.close();
        histogram.close();
    }
}
