package io.threadlens.view.detail;

import io.threadlens.model.TimeRange;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;

/** What a tab is asked about: a recording as it is now, and of it a range or everything. */
record Scope(RecordingData data, TimeRange range, boolean whole) {
    /** The selected range; everything where none is selected. */
    static Scope selected(TimelineModel model) {
        return new Scope(model.data().get(), model.scope(), model.selection().get() == null);
    }

    /** Everything. */
    static Scope everything(TimelineModel model) {
        return new Scope(model.data().get(), model.data().get().range(), true);
    }

    /** What it is, for the line above a table. */
    String text() {
        String length = TimeFormat.length(range.lengthNs());
        return whole
                ? "Whole recording, " + length
                : "Selected range, " + length + " from " + TimeFormat.moment(range.startNs() - data.range().startNs());
    }
}
