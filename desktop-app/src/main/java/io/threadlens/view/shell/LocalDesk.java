package io.threadlens.view.shell;

import io.threadlens.model.Progress;
import io.threadlens.recording.MarkWriter;
import io.threadlens.recording.Recording;
import io.threadlens.recording.RecordingSaver;
import io.threadlens.session.Interpreters;
import io.threadlens.session.LiveSession;
import io.threadlens.session.PairPlan;
import io.threadlens.session.PairProgress;
import io.threadlens.session.ProcessLister;
import io.threadlens.session.PythonProcess;
import io.threadlens.session.RecentRecordings;
import io.threadlens.session.RecordingOpener;
import io.threadlens.session.RunSet;
import io.threadlens.session.Samples;
import io.threadlens.session.SetComparison;
import io.threadlens.session.SettingsStore;
import io.threadlens.session.Target;
import io.threadlens.session.UserFolders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** This machine. */
public final class LocalDesk implements Desk {
    /** The launcher tells in these which free-threaded Python it has found, and where the sample program is. */
    private static final String FOUND_PYTHON = "THREADLENS_FOUND_PYTHON";
    private static final String SAMPLE = "THREADLENS_SAMPLE";
    /** Free-threaded ones first: they are what this app is for. */
    private static final List<String> PYTHONS = List.of("python3.15t", "python3.14t", "python3.13t", "python3");

    private final RecentRecordings recent = new RecentRecordings();
    private final SettingsStore settings = new SettingsStore();

    @Override
    public List<PythonProcess> processes() throws IOException, InterruptedException {
        return ProcessLister.list();
    }

    @Override
    public LiveRecording record(Target target) {
        return LiveRecording.of(LiveSession.record(target, UserFolders.newRecording(target), false, session -> {}));
    }

    @Override
    public Interpreters interpreters(@Nullable String freeThreaded, @Nullable String gil) throws IOException, InterruptedException {
        return Interpreters.find(freeThreaded, gil);
    }

    @Override
    public SetRecording recordSet(PairPlan plan, Consumer<PairProgress> listener) {
        return SetRecording.of(plan, UserFolders.newSet(plan.script()), listener);
    }

    @Override
    public RunSet set(Path folder) throws IOException {
        return RunSet.read(folder);
    }

    @Override
    public SetComparison compare(RunSet set) throws IOException {
        return SetComparison.of(set);
    }

    @Override
    public Recording open(Path file, Progress progress) throws IOException {
        return RecordingOpener.view(file, progress);
    }

    @Override
    public @Nullable Recording mended(Recording opened, Path file) throws IOException {
        return RecordingOpener.mended(opened, file, new Progress());
    }

    @Override
    public void save(Recording recording, Path file, Progress progress) throws IOException {
        RecordingSaver.save(recording, file, progress);
    }

    @Override
    public void keepMarks(Path file, List<Recording.Mark> marks) throws IOException {
        MarkWriter.write(file, marks);
    }

    @Override
    public List<Path> recent() {
        return recent.list();
    }

    @Override
    public void addRecent(Path file) {
        recent.add(file);
    }

    @Override
    public SettingsStore settings() {
        return settings;
    }

    @Override
    public List<Samples.Sample> samples() throws IOException {
        Optional<List<String>> first = sample();
        Path folder = first.isEmpty() ? null : Path.of(first.get().getLast()).getParent();
        return folder == null ? List.of() : Samples.in(folder, first.get().getFirst());
    }

    @Override
    public Optional<List<String>> sample() {
        String python = fromLauncher(FOUND_PYTHON);
        String sample = fromLauncher(SAMPLE);
        return python.isEmpty() || sample.isEmpty() ? Optional.empty() : Optional.of(List.of(python, sample));
    }

    private static String fromLauncher(String variable) {
        String value = System.getenv(variable);
        return value == null ? "" : value;
    }

    @Override
    public String python() {
        String found = fromLauncher(FOUND_PYTHON);
        if (!found.isEmpty()) {
            return found;
        }
        String path = System.getenv("PATH");
        for (String name : PYTHONS) {
            for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
                if (Files.isExecutable(Path.of(folder, name))) {
                    return name;
                }
            }
        }
        return "";
    }

    @Override
    public @Nullable Path chooseOpen(Window owner) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Open a recording");
        beginInLastFolder(chooser);
        chooser.getExtensionFilters().addAll(
                new FileChooser.ExtensionFilter("Recordings", "*.threadlens", "*.tlstream"), new FileChooser.ExtensionFilter("All files", "*"));
        return path(chooser.showOpenDialog(owner));
    }

    @Override
    public @Nullable Path chooseScript(Window owner) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Choose a script");
        // From where its own relative paths are looked up as well.
        chooser.setInitialDirectory(new File("").getAbsoluteFile());
        chooser.getExtensionFilters().addAll(new FileChooser.ExtensionFilter("Python", "*.py"), new FileChooser.ExtensionFilter("All files", "*"));
        return path(chooser.showOpenDialog(owner));
    }

    @Override
    public @Nullable Path chooseSave(Window owner, String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save the recording");
        beginInLastFolder(chooser);
        chooser.setInitialFileName(name);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Recordings", "*.threadlens"));
        return path(chooser.showSaveDialog(owner));
    }

    private void beginInLastFolder(FileChooser chooser) {
        Path folder = settings.get().folder();
        if (folder != null && Files.isDirectory(folder)) {
            chooser.setInitialDirectory(folder.toFile());
        }
    }

    private static @Nullable Path path(@Nullable File file) {
        return file == null ? null : file.toPath();
    }
}
