package io.threadlens.view.shell;

import io.threadlens.session.PairPlan;
import io.threadlens.session.PairProgress;
import io.threadlens.session.PairRecorder;
import io.threadlens.session.RunSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Records a program under each configuration, as a window sees it. */
public interface SetRecording {
    /** Where the recordings are kept. */
    Path folder();

    /** Records all there is to record. Waits; not for the JavaFX thread. */
    RunSet record() throws IOException, InterruptedException;

    /** Ends it, without waiting; what was recorded is kept. */
    void stop();

    static SetRecording of(PairPlan plan, Path folder, Consumer<PairProgress> listener) {
        PairRecorder recorder = new PairRecorder(plan, folder, listener);
        return new SetRecording() {
            @Override
            public Path folder() {
                return folder;
            }

            @Override
            public RunSet record() throws IOException, InterruptedException {
                return recorder.record();
            }

            @Override
            public void stop() {
                recorder.stop();
            }
        };
    }
}
