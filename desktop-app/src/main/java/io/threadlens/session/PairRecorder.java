package io.threadlens.session;

import io.threadlens.model.RecordingInfo.End;
import io.threadlens.recording.Recording;
import io.threadlens.session.PairPlan.Step;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records a program under each configuration, one run after the other, into a folder. A run that fails is a result like another, and the next one goes on.
 * The programs have no input, and what they write is kept beside their recordings.
 */
public final class PairRecorder {
    private static final Duration EVERY = Duration.ofMillis(500);
    /** How long a program that was asked to end may take over it. */
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);
    /** The recording is over, but not because the program is. */
    private static final Set<String> PROGRAM_GOES_ON = Set.of("stopped", "exec", "failed");
    private static final String THREADS = "THREADS";
    /** Would turn the GIL on or off in all configurations, were it inherited. */
    private static final String GIL = "PYTHON_GIL";

    private final PairPlan plan;
    private final Path folder;
    private final Consumer<PairProgress> listener;
    private final List<RunSet.Run> runs = new ArrayList<>();
    private volatile @Nullable LiveSession session;
    private volatile boolean stopping;

    /**
     * For one set.
     *
     * @param folder   is made; if it is there already, it must be empty
     * @param listener told when a run begins, twice a second while it goes on, and when it has ended, on the thread that records
     */
    public PairRecorder(PairPlan plan, Path folder, Consumer<PairProgress> listener) {
        this.plan = plan;
        this.folder = folder;
        this.listener = listener;
    }

    /** Records all there is to record. Waits. What was recorded is on disk, and told there, as soon as each run has ended. */
    public RunSet record() throws IOException, InterruptedException {
        prepareFolder();
        RunSetFile.write(set());
        List<Step> steps = plan.steps();
        for (int i = 0; i < steps.size() && !stopping; i++) {
            runs.add(record(steps.get(i), i + 1, steps.size()));
            RunSetFile.write(set());
        }
        return set();
    }

    /** Ends the run that is recorded, and does not begin another. Does not wait. Safe from any thread. */
    public void stop() {
        stopping = true;
        LiveSession current = session;
        if (current != null) {
            current.interrupt();
        }
    }

    private RunSet set() {
        return new RunSet(folder, plan, runs);
    }

    private void prepareFolder() throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(folder + " is a file: name a folder that is not there yet", e);
        } catch (IOException e) {
            throw new IOException("cannot make the folder " + folder + ": name another, where you may write", e);
        }
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            if (content.iterator().hasNext()) {
                throw new IOException(folder + " is not empty: name a folder that is not there yet");
            }
        }
    }

    private RunSet.Run record(Step step, int number, int count) throws IOException, InterruptedException {
        Path log = RunSet.log(folder, step);
        Files.createDirectories(log.getParent());
        tell(number, count, step, 0, null);
        RunOutcome outcome;
        double seconds;
        try (LiveSession live = LiveSession.record(target(step, log), RunSet.recording(folder, step), false, changed -> {})) {
            session = live;
            if (stopping) {
                live.interrupt();
            }
            while (!live.await(EVERY)) {
                tell(number, count, step, seconds(live), null);
            }
            Recording recording = live.recording();
            End end = recording == null ? null : recording.info().end();
            live.endProgram(end != null && PROGRAM_GOES_ON.contains(end.reason()) ? Duration.ZERO : END_PATIENCE);
            seconds = seconds(live);
            outcome = stopping ? RunOutcome.STOPPED : RunOutcome.of(end, live.status().message(), live.lastWords());
        } finally {
            session = null;
        }
        if (Files.exists(log) && Files.size(log) == 0) {
            Files.delete(log);
        }
        tell(number, count, step, seconds, outcome);
        return RunSet.found(folder, step, outcome);
    }

    private Target target(Step step, Path log) {
        List<String> command = new ArrayList<>(step.configuration().python());
        command.addAll(plan.script().withThreads(step.threads()));
        Map<String, String> environment = new HashMap<>(Map.of(GIL, ""));
        if (step.threads() != null) {
            environment.put(THREADS, step.threads().toString());
        }
        return new Target(null, command, plan.rateHz(), plan.seconds(), false, true, environment, log);
    }

    private void tell(int number, int count, Step step, double seconds, @Nullable RunOutcome outcome) {
        listener.accept(new PairProgress(number, count, plan.repeats(), step, seconds, outcome));
    }

    private static double seconds(LiveSession live) {
        Recording recording = live.recording();
        int ticks = recording == null ? 0 : recording.tickCount();
        return recording == null || ticks == 0 ? 0 : (recording.tickEnd(ticks - 1) - recording.tickTime(0)) / 1e9;
    }
}
