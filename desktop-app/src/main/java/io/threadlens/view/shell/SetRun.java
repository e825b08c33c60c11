package io.threadlens.view.shell;

import io.threadlens.session.PairPlan;
import io.threadlens.session.RunSet;
import io.threadlens.view.compare.RunsPage;
import io.threadlens.view.data.Background;
import java.util.function.Consumer;
import javafx.application.Platform;

/** A program that is recorded under each configuration in the background, and the page that shows how it goes. */
final class SetRun {
    private final SetRecording recording;
    private final RunsPage page;

    /**
     * @param back   leads from the page to where something else can be recorded
     * @param done   told what was recorded, also where it was stopped
     * @param failed told where nothing could be recorded
     */
    SetRun(Desk desk, PairPlan plan, Runnable back, Consumer<RunSet> done, Consumer<Throwable> failed) {
        RunsPage shown = new RunsPage(plan, this::stop, back);
        page = shown;
        recording = desk.recordSet(plan, progress -> Platform.runLater(() -> shown.show(progress)));
        shown.showFolder(recording.folder());
        Background.run(recording::record, done, failed);
    }

    RunsPage page() {
        return page;
    }

    /** Ends it, without waiting; what was recorded is told as if it had come to its end. */
    void stop() {
        recording.stop();
    }
}
