package io.threadlens.view.shell;

import io.threadlens.recording.Recording.Mark;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.MarkBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the marks of a window's recording where it is kept: into the one that grows, else into its file. Where that cannot be, they last until it is saved. */
final class MarkKeeper implements AutoCloseable {
    private record Writing(Path file, List<Mark> marks) {}

    private final Desk desk;
    private final Banners banners;
    private final MarkBook marks;
    private final Latest<Writing, Writing> writer = new Latest<>("marks", this::write, this::written, this::failed);
    private @Nullable LiveRecording live;
    private @Nullable Path file;
    private boolean changed;

    /**
     * @param live where the recording grows; null where it is saved
     * @param file the saved recording, null where there is none
     */
    MarkKeeper(Desk desk, Banners banners, MarkBook marks, @Nullable LiveRecording live, @Nullable Path file) {
        this.desk = desk;
        this.banners = banners;
        this.marks = marks;
        this.live = live;
        this.file = file;
        marks.keptBy(this::changed);
    }

    private void changed(Mark change) {
        changed = true;
        if (live != null) {
            live.mark(change);
        } else {
            keep();
        }
    }

    /** The recording is in a file from now on, which gets the marks that it may not have. */
    void savedAs(Path saved) {
        live = null;
        file = saved;
        if (changed) {
            keep();
        }
    }

    /** Whether there are marks that go with the window. */
    boolean hasUnkept() {
        return changed && live == null;
    }

    private void keep() {
        if (file != null) {
            writer.ask(new Writing(file, marks.all().get()));
        } else {
            tellUnkept("");
        }
    }

    private Writing write(Writing writing) {
        try {
            desk.keepMarks(writing.file, writing.marks);
            return writing;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void written(Writing writing) {
        changed &= !writing.marks.equals(marks.all().get());
    }

    private void failed(Throwable failure) {
        file = null;
        tellUnkept(failure.getCause() == null ? "" : failure.getCause().getMessage() + ". ");
    }

    private void tellUnkept(String why) {
        banners.warn("Marks are not in the recording yet", why + "They are there until the window is closed. Save the recording under a name of its own to keep them.");
    }

    @Override
    public void close() {
        writer.close();
    }
}
