package io.threadlens.view.detail;

import io.threadlens.analysis.Part;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import java.util.Set;

/** What a tab is asked about: a recording as it is now, and of it a part or everything. */
record Scope(RecordingData data, Part part, boolean whole) {
    /** The selected range, else all time; of the chosen threads and moments, else of all. */
    static Scope selected(TimelineModel model) {
        Set<Integer> threads = model.chosenThreads().get();
        Part part = new Part(model.scope(), threads.isEmpty() ? null : threads, model.moments().get());
        return new Scope(model.data().get(), part, model.selection().get() == null);
    }

    /** Everything. */
    static Scope everything(TimelineModel model) {
        return new Scope(model.data().get(), Part.of(model.data().get().range()), true);
    }

    TimeRange range() {
        return part.range();
    }

    /** What it is, for the line above a table. */
    String text() {
        String length = TimeFormat.length(range().lengthNs());
        String time = whole
                ? "Whole recording, " + length
                : "Selected range, " + length + " from " + TimeFormat.moment(range().startNs() - data.range().startNs());
        return time + (part.moments() == null ? "" : ", of it the chosen moments");
    }

    /** Which threads it is of. */
    String who() {
        Set<Integer> threads = part.threads();
        if (threads == null) {
            return "all threads";
        }
        return threads.size() == 1 ? LaneLayout.nameOf(data.threads().get(threads.iterator().next())) : threads.size() + " threads";
    }
}
