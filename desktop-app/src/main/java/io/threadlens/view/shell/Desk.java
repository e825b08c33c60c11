package io.threadlens.view.shell;

import io.threadlens.model.Progress;
import io.threadlens.recording.Recording;
import io.threadlens.session.Interpreters;
import io.threadlens.session.PairPlan;
import io.threadlens.session.PairProgress;
import io.threadlens.session.PythonProcess;
import io.threadlens.session.RunSet;
import io.threadlens.session.Samples;
import io.threadlens.session.SetComparison;
import io.threadlens.session.SettingsStore;
import io.threadlens.session.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** What a window does through others: processes, files, recordings. Tests put their own in its place. */
public interface Desk {
    /** The Python processes of this machine. Waits; not for the JavaFX thread. */
    List<PythonProcess> processes() throws IOException, InterruptedException;

    /** Starts to record, without waiting: how it goes is in {@link LiveRecording#status()}. */
    LiveRecording record(Target target);

    /**
     * Asks the interpreters to compare a program under what they are. Waits; not for the JavaFX thread.
     *
     * @param freeThreaded what a person has named; null: the one that was found
     * @param gil          the same for the build with the GIL
     */
    Interpreters interpreters(@Nullable String freeThreaded, @Nullable String gil) throws IOException, InterruptedException;

    /**
     * What will record a program under each configuration, once it is told to.
     *
     * @param listener told how it goes, on the thread that records
     */
    SetRecording recordSet(PairPlan plan, Consumer<PairProgress> listener);

    /** Reads what was recorded so. Waits; not for the JavaFX thread. */
    RunSet set(Path folder) throws IOException;

    /** Compares all that was recorded so. Waits; not for the JavaFX thread. */
    SetComparison compare(RunSet set) throws IOException;

    /** Opens a recording. Waits; not for the JavaFX thread. */
    Recording open(Path file, Progress progress) throws IOException;

    /**
     * Reads what {@link #open} left unread of a long recording. Returns null where all is well; else the same recording without what is damaged. Waits; not for
     * the JavaFX thread.
     */
    @Nullable Recording mended(Recording opened, Path file) throws IOException;

    /** Writes a recording to a file of the user's choice. Waits; not for the JavaFX thread. */
    void save(Recording recording, Path file, Progress progress) throws IOException;

    /** Writes the marks of a saved recording. Waits; not for the JavaFX thread. */
    void keepMarks(Path file, List<Recording.Mark> marks) throws IOException;

    /** Recordings that were opened or made lately, the last first. */
    List<Path> recent();

    void addRecent(Path file);

    /** What the app remembers about how a person likes it. */
    SettingsStore settings();

    /** The programs to try the app on; none where they, or a free-threaded Python for them, are not there. Waits; not for the JavaFX thread. */
    List<Samples.Sample> samples() throws IOException;

    /** The command of the first program to try the app on, where there is one and a free-threaded Python for it. */
    Optional<List<String>> sample();

    /** The Python to propose for a program; empty where none was found. */
    String python();

    /** Asks for a recording to open; null where nobody wanted to. */
    @Nullable Path chooseOpen(Window owner);

    /** Asks for a script to run; null where nobody wanted to. */
    @Nullable Path chooseScript(Window owner);

    /** Asks where to save; null where nobody wanted to. */
    @Nullable Path chooseSave(Window owner, String name);
}
