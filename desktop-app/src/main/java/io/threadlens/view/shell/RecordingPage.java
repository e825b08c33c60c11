package io.threadlens.view.shell;

import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.Settling;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.detail.DetailPane;
import io.threadlens.view.lanes.TimelineView;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;

/** One recording: the timeline, the tabs below it, the status line. */
public final class RecordingPage extends BorderPane implements Settling {
    private final TimelineModel model;
    private final TimelineView timeline;
    private final DetailPane detail;
    private final StatusLine status;
    private final SplitPane split;

    /**
     * @param size        bytes on disk
     * @param pixelScale  device pixels per pixel; 0 takes the window's
     */
    public RecordingPage(RecordingData first, LongSupplier size, int pixelScale, Consumer<Throwable> onFailure) {
        model = new TimelineModel(first, onFailure);
        timeline = new TimelineView(model, pixelScale, onFailure);
        detail = new DetailPane(model, pixelScale, onFailure);
        status = new StatusLine(model, size);
        split = new SplitPane(timeline, detail);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.59);
        SplitPane.setResizableWithParent(detail, false);
        setTop(new MomentsChip(model));
        setMinSize(0, 0);
        split.setMinSize(0, 0);
        setCenter(split);
        setBottom(status);
    }

    public TimelineModel model() {
        return model;
    }

    public TimelineView timeline() {
        return timeline;
    }

    /** How much of the height the timeline has, 0 to 1. */
    double timelineShare() {
        return split.getDividerPositions()[0];
    }

    void setTimelineShare(double share) {
        split.setDividerPositions(share);
    }

    @Override
    public boolean isSettled() {
        return timeline.isSettled() && detail.isSettled();
    }

    public void focusTimeline() {
        timeline.requestFocus();
    }

    @Override
    public void close() {
        model.close();
        timeline.close();
        detail.close();
    }
}
