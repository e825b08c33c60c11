package io.threadlens.view.lanes;

import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.CallAt;
import io.threadlens.timeline.FlameChart;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.LaneTimes;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.Stretch;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.LaneArranging;
import io.threadlens.view.data.RecordingData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in a few lines what a place in the lanes shows. Reads the recording; not for the JavaFX thread. */
final class LaneWords {
    private static final int MOST_STATES = 4;

    /**
     * A place in the lanes.
     *
     * @param pixel the time of the pixel
     * @param depth row of calls of an opened lane; −1 on the states
     */
    record Question(@Nullable RecordingData data, @Nullable Viewport viewport, @Nullable Lane lane, TimeRange pixel, int depth) {
        static final Question NONE = new Question(null, null, null, new TimeRange(0, 0), -1);
    }

    private LaneWords() {}

    static String of(Question question) {
        RecordingData data = Objects.requireNonNull(question.data());
        return switch (Objects.requireNonNull(question.lane())) {
            case Lane.OfGroup of -> group(data, of, Objects.requireNonNull(question.viewport()), question.pixel());
            case Lane.OfThread of -> question.depth() < 0
                    ? thread(data, of.thread(), question.pixel())
                    : call(data, of, question.viewport(), question.pixel(), question.depth());
        };
    }

    private static String group(RecordingData data, Lane.OfGroup of, Viewport viewport, TimeRange pixel) {
        int joined = LaneTimes.joined(of.threads().size(), viewport.width(), false);
        long[] states = LaneTimes.sum(data.times(), of.threads(), pixel.startNs(), pixel.endNs());
        return of.name() + "  ·  " + of.threads().size() + " threads\n" + over(data, pixel) + "\n" + shares(states)
                + (joined > 1 ? "\ndrawn in steps of " + joined + " pixels: there are too many threads for each" : "");
    }

    private static String thread(RecordingData data, int thread, TimeRange pixel) {
        long middle = pixel.startNs() + pixel.lengthNs() / 2;
        SampleAt sample = SampleAt.find(data.times(), thread, middle);
        String name = LaneLayout.nameOf(data.threads().get(thread));
        if (sample != null && sample.startNs() <= pixel.startNs() && sample.endNs() >= pixel.endNs()) {
            return name + "  ·  " + stretch(data, sample, middle);
        }
        Stretch stretch = Stretch.of(data.times(), thread, pixel.startNs(), pixel.endNs());
        List<String> lines = new ArrayList<>(List.of(
                name, over(data, pixel), shares(data.times().livedBetween(thread, pixel.startNs(), pixel.endNs())) + "  ·  " + ticks(stretch.ticks())));
        Recording.Wait longest = data.waits().longestOf(thread, pixel);
        if (longest != null) {
            lines.add("longest wait " + TimeFormat.length(longest.end() - longest.start()) + ", for " + data.waits().locks().get(longest.lock()).name());
        } else if (stretch.longestWait() > 0) {
            lines.add("longest wait " + TimeFormat.length(stretch.longestWait()));
        }
        Frame leaf = data.recording().leaf(stretch.stack());
        if (leaf != null) {
            lines.add("mostly in " + text(leaf) + ", " + TimeFormat.percent(stretch.stackNs(), pixel.lengthNs()));
        }
        return String.join("\n", lines);
    }

    /** One state, from beginning to end. */
    static String stretch(RecordingData data, SampleAt sample, long ns) {
        List<String> lines = new ArrayList<>();
        lines.add(sample.state().label() + " for " + TimeFormat.length(sample.endNs() - sample.startNs()));
        lines.add("from " + TimeFormat.moment(sample.startNs() - data.range().startNs()));
        var wait = data.waits().at(sample.thread(), ns);
        if (wait != null) {
            lines.add("waits " + TimeFormat.length(wait.end() - wait.start()) + " for " + data.waits().locks().get(wait.lock()).name());
        }
        Frame leaf = data.recording().leaf(sample.stack());
        if (leaf != null) {
            lines.add("in " + text(leaf));
        }
        return String.join("\n", lines);
    }

    private static String call(RecordingData data, Lane.OfThread of, @Nullable Viewport viewport, TimeRange pixel, int row) {
        FlameChart chart = FlameChart.of(data.times(), of.thread(), Objects.requireNonNull(viewport), LaneArranging.MOST_CALLS);
        CallAt call = chart.tooMany() ? null : CallAt.find(data.times(), of.thread(), pixel.startNs() + pixel.lengthNs() / 2, row + chart.skipped());
        if (call == null) {
            return "";
        }
        long start = data.range().startNs();
        RecordingInfo info = data.info();
        return text(call.call()) + "\nseen from " + TimeFormat.moment(call.startNs() - start) + " to " + TimeFormat.moment(call.endNs() - start) + "\n"
                + (call.complete() ? "" : "at least ") + TimeFormat.length(call.endNs() - call.startNs()) + ", at " + ticks(call.ticks()) + " of " + TimeFormat.length(Math.round(1e9 / info.rateHz()));
    }

    private static String ticks(int count) {
        return count + (count == 1 ? " tick" : " ticks");
    }

    private static String over(RecordingData data, TimeRange pixel) {
        return "over " + TimeFormat.length(pixel.lengthNs()) + " from " + TimeFormat.moment(pixel.startNs() - data.range().startNs());
    }

    /** The states with the most time, and their shares. */
    private static String shares(long[] states) {
        long all = 0;
        for (long time : states) {
            all += time;
        }
        long whole = all;
        List<String> parts = Stream.of(ThreadState.values())
                .filter(state -> states[state.code()] > 0)
                .sorted(Comparator.comparingLong((ThreadState state) -> states[state.code()]).reversed())
                .limit(MOST_STATES)
                .map(state -> state.label() + " " + TimeFormat.percent(states[state.code()], whole))
                .toList();
        return parts.isEmpty() ? "no thread lived then" : String.join("  ·  ", parts);
    }

    static String text(Frame call) {
        String function = call.function() == null ? "?" : call.function();
        if (call.file() == null) {
            return function;
        }
        String file = call.file().substring(call.file().lastIndexOf('/') + 1);
        return function + "  " + file + (call.line() > 0 ? ":" + call.line() : "");
    }
}
