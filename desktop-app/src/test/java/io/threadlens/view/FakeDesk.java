package io.threadlens.view;

import io.threadlens.comparison.RunReader;
import io.threadlens.comparison.Side;
import io.threadlens.model.Progress;
import io.threadlens.recording.Recording;
import io.threadlens.session.Configuration;
import io.threadlens.session.Interpreters;
import io.threadlens.session.LiveSession;
import io.threadlens.session.PairPlan;
import io.threadlens.session.PairProgress;
import io.threadlens.session.PythonProcess;
import io.threadlens.session.RunOutcome;
import io.threadlens.session.RunSet;
import io.threadlens.session.Samples;
import io.threadlens.session.SetComparison;
import io.threadlens.session.SetSides;
import io.threadlens.session.SettingsStore;
import io.threadlens.session.Target;
import io.threadlens.view.shell.Desk;
import io.threadlens.view.shell.LiveRecording;
import io.threadlens.view.shell.SetRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** A machine with a few processes and recordings, all made up. */
final class FakeDesk implements Desk {
    static final String FREE_PYTHON = "/opt/python3.14t";
    static final String GIL_PYTHON = "/opt/python3.14";
    static final Path SAVED = Path.of("/data/saved.threadlens");

    final List<PythonProcess> processes = new ArrayList<>(List.of(
            new PythonProcess(4242, "3.14.7", true, false, 18, 312.0, List.of("python3.14t", "app.py"), "me", null),
            new PythonProcess(5120, "3.14.7", false, true, 4, 12.0, List.of("python3.14", "-m", "http.server"), "me", null),
            new PythonProcess(77, null, null, null, 0, null, List.of("python3", "backup.py"), "root", "it belongs to root")));
    final Map<Path, Recording> files = new HashMap<>();
    final List<Target> asked = new ArrayList<>();
    final Map<Path, List<Recording.Mark>> kept = new ConcurrentHashMap<>();
    volatile boolean readOnly;
    /** Whether opening takes until it is cancelled. */
    volatile boolean slow;
    final List<Path> remembered = new ArrayList<>();
    /** What a person points at when asked for files, one after the other. */
    final Deque<Path> choices = new ArrayDeque<>();
    /** What is found to compare a program under. */
    volatile Interpreters found = new Interpreters(
            List.of(
                    new Configuration(Configuration.Kind.GIL_BUILD, List.of(GIL_PYTHON), "3.14.7"),
                    new Configuration(Configuration.Kind.FREE_THREADED_GIL_ON, List.of(FREE_PYTHON, "-X", "gil=1"), "3.14.7"),
                    new Configuration(Configuration.Kind.FREE_THREADED, List.of(FREE_PYTHON), "3.14.7")),
            List.of(),
            null);
    final Map<Path, RunSet> sets = new HashMap<>();
    /** The script a person points at. */
    volatile @Nullable Path script;
    private final SettingsStore settings;
    @Nullable FakeLive live;
    volatile @Nullable FakeSet set;
    volatile @Nullable Path savedTo;
    /** What {@link #mended} finds. */
    volatile @Nullable Recording mended;

    FakeDesk() {
        this(Path.of("/dev/null/settings.json"));
    }

    /** @param settings where they are kept */
    FakeDesk(Path settings) {
        this.settings = new SettingsStore(settings);
    }

    @Override
    public List<PythonProcess> processes() {
        return List.copyOf(processes);
    }

    @Override
    public LiveRecording record(Target target) {
        asked.add(target);
        FakeLive started = new FakeLive(target.shortName());
        live = started;
        return started;
    }

    @Override
    public Interpreters interpreters(@Nullable String freeThreaded, @Nullable String gil) throws IOException {
        if (gil != null && !gil.equals(GIL_PYTHON)) {
            throw new IOException(gil + " is not a Python that runs");
        }
        return found;
    }

    @Override
    public SetRecording recordSet(PairPlan plan, Consumer<PairProgress> listener) {
        FakeSet begun = new FakeSet(plan, listener);
        set = begun;
        return begun;
    }

    @Override
    public RunSet set(Path folder) throws IOException {
        RunSet recorded = sets.get(folder);
        if (recorded == null) {
            throw new IOException(folder + " is no set");
        }
        return recorded;
    }

    @Override
    public SetComparison compare(RunSet recorded) throws IOException {
        List<SetSides.Recordings> recordings = SetSides.recordings(recorded);
        List<SetSides> sides = new ArrayList<>();
        for (SetSides.Recordings one : recordings) {
            List<Side> read = one.sides().stream()
                    .map(of -> new Side(of.stream().map(file -> RunReader.read(Objects.requireNonNull(files.get(file)), file.toString())).toList()))
                    .toList();
            sides.add(new SetSides(one.threads(), read.getFirst(), read.getLast(), read.size() > 2 ? read.get(1) : null));
        }
        return SetComparison.of(recorded, recordings, sides);
    }

    @Override
    public Recording open(Path file, Progress progress) throws IOException {
        while (slow && !progress.isCancelled()) {
            progress.at(0.25);
            LockSupport.parkNanos(10_000_000);
        }
        Recording recording = files.get(file);
        if (recording == null) {
            throw new IOException("cannot open " + file + ": it is not a Threadlens recording");
        }
        return recording;
    }

    @Override
    public @Nullable Recording mended(Recording opened, Path file) {
        return mended;
    }

    @Override
    public void save(Recording recording, Path file, Progress progress) {
        savedTo = file;
    }

    @Override
    public void keepMarks(Path file, List<Recording.Mark> marks) throws IOException {
        if (readOnly) {
            throw new IOException("cannot write marks to " + file + ": permission denied");
        }
        kept.put(file, marks);
    }

    @Override
    public List<Path> recent() {
        return List.copyOf(remembered);
    }

    @Override
    public synchronized void addRecent(Path file) {
        remembered.addFirst(file);
    }

    @Override
    public SettingsStore settings() {
        return settings;
    }

    @Override
    public List<Samples.Sample> samples() throws IOException {
        return Samples.in(Path.of("../samples"), "python3.14t");
    }

    @Override
    public Optional<List<String>> sample() {
        return Optional.of(List.of("python3.14t", "/opt/samples/first_look.py"));
    }

    @Override
    public String python() {
        return "";
    }

    @Override
    public @Nullable Path chooseOpen(Window owner) {
        return choices.poll();
    }

    @Override
    public @Nullable Path chooseScript(Window owner) {
        return script;
    }

    @Override
    public Path chooseSave(Window owner, String name) {
        return SAVED;
    }

    /** A set that the test records. */
    static final class FakeSet implements SetRecording {
        static final Path FOLDER = Path.of("/data/app-compare");

        final PairPlan plan;
        private final Consumer<PairProgress> listener;
        private final CompletableFuture<RunSet> end = new CompletableFuture<>();
        private final List<RunSet.Run> runs = new ArrayList<>();
        volatile boolean stopped;

        FakeSet(PairPlan plan, Consumer<PairProgress> listener) {
            this.plan = plan;
            this.listener = listener;
        }

        @Override
        public Path folder() {
            return FOLDER;
        }

        @Override
        public RunSet record() throws IOException, InterruptedException {
            try {
                return end.get();
            } catch (ExecutionException e) {
                throw new IOException(e.getCause().getMessage(), e);
            }
        }

        @Override
        public void stop() {
            stopped = true;
        }

        /** The next run goes on, for so many seconds now. */
        void goesOn(double seconds) {
            tell(seconds, null);
        }

        /** The next run has ended. */
        void ends(double seconds, RunOutcome outcome) {
            PairPlan.Step step = plan.steps().get(runs.size());
            tell(seconds, outcome);
            boolean failed = outcome.kind() == RunOutcome.Kind.FAILED;
            runs.add(new RunSet.Run(step, outcome, recording(step), failed ? Path.of(FOLDER + "/" + runs.size() + ".log") : null));
        }

        static Path recording(PairPlan.Step step) {
            return FOLDER.resolve(step.configuration().kind() + (step.threads() == null ? "" : "-" + step.threads())).resolve(step.round() + ".threadlens");
        }

        private void tell(double seconds, @Nullable RunOutcome outcome) {
            List<PairPlan.Step> steps = plan.steps();
            listener.accept(new PairProgress(runs.size() + 1, steps.size(), plan.repeats(), steps.get(runs.size()), seconds, outcome));
        }

        /** How many have ended. */
        int count() {
            return runs.size();
        }

        /** All is over. */
        RunSet over() {
            RunSet all = new RunSet(FOLDER, plan, runs);
            end.complete(all);
            return all;
        }

        void breaksOff(String why) {
            end.completeExceptionally(new IOException(why));
        }
    }

    /** A recording that the test makes grow. */
    static final class FakeLive implements LiveRecording {
        private final String what;
        volatile LiveSession.Status status = new LiveSession.Status(LiveSession.State.WAITING, null);
        volatile @Nullable Recording recording;
        final List<Recording.Mark> marks = new ArrayList<>();
        volatile boolean stopped;

        FakeLive(String what) {
            this.what = what;
        }

        @Override
        public LiveSession.Status status() {
            return status;
        }

        @Override
        public String what() {
            return what;
        }

        @Override
        public Path file() {
            return Path.of("/data/" + what + ".threadlens");
        }

        @Override
        public @Nullable Recording recording() {
            return recording;
        }

        @Override
        public long bytes() {
            return 1_234_567;
        }

        @Override
        public void mark(Recording.Mark mark) {
            marks.add(mark);
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }
}
