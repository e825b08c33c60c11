package io.threadlens.view.lanes;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.LockSelection;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import org.jspecify.annotations.Nullable;

/** Says in words what the pinned instant shows, for those who do not see the lanes. */
final class FocusWords {
    static final String NOTHING = "Timeline. Arrow keys go from lane to lane and from one change of state to the next.";

    private FocusWords() {}

    static String of(RecordingData data, TimelineModel.@Nullable Instant at, @Nullable Long second, LockSelection.@Nullable Blocked blocked) {
        if (at == null || at.thread() >= data.threads().size()) {
            return NOTHING;
        }
        long start = data.range().startNs();
        String name = LaneLayout.nameOf(data.threads().get(at.thread()));
        SampleAt sample = SampleAt.find(data.times(), at.thread(), at.ns());
        String moment = ", at " + TimeFormat.moment(at.ns() - start) + comparing(at.ns(), second);
        if (sample == null) {
            return name + ", " + ThreadState.UNKNOWN.label() + ", not seen" + moment;
        }
        var leaf = data.recording().leaf(sample.stack());
        return name + ", " + sample.state().label() + " for " + TimeFormat.length(sample.endNs() - sample.startNs()) + ", from "
                + TimeFormat.moment(sample.startNs() - start) + moment + (leaf == null ? "" : ", in " + LaneWords.text(leaf)) + blocked(data, blocked);
    }

    private static String comparing(long ns, @Nullable Long second) {
        return second == null ? "" : ", compared with " + TimeFormat.length(Math.abs(second - ns)) + (second < ns ? " before" : " later");
    }

    private static String blocked(RecordingData data, LockSelection.@Nullable Blocked blocked) {
        if (blocked == null) {
            return "";
        }
        String holder = blocked.holding() == null ? ", holder not seen" : ", held by " + LaneLayout.nameOf(data.threads().get(blocked.holding().thread()));
        return ", waits for " + data.waits().locks().get(blocked.waiting().lock()).name() + holder;
    }
}
