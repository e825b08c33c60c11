package io.threadlens.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder {@code NAME.threadlens.part} in which a recording grows. Whoever writes or saves it has it locked. */
final class PartFolder implements AutoCloseable {
    private static final String SUFFIX = ".part";
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lockFile;

    private PartFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    static Path pathFor(Path recording) {
        return recording.resolveSibling(recording.getFileName() + SUFFIX);
    }

    static boolean isPart(Path path) {
        return Files.isDirectory(path) && path.getFileName() != null && path.getFileName().toString().endsWith(SUFFIX);
    }

    /** The file that a folder is to become. */
    static Path recordingOf(Path part) {
        String name = String.valueOf(part.getFileName());
        return part.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    static PartFolder create(Path recording) throws IOException {
        Path part = pathFor(recording);
        try {
            Files.createDirectories(part.toAbsolutePath().getParent());
            Files.createDirectory(part);
        } catch (FileAlreadyExistsException e) {
            throw new RecordingException(whyTaken(part), e);
        } catch (IOException e) {
            throw new RecordingException("cannot write " + part + ": " + reason(e), e);
        }
        PartFolder folder = tryLock(part);
        if (folder == null) {
            throw new RecordingException("another recording is being written to " + recording);
        }
        return folder;
    }

    /** The folder, locked; null where a recording is being written to it right now. */
    static @Nullable PartFolder tryLock(Path part) throws IOException {
        FileChannel channel = FileChannel.open(part.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // another thread of this process has it
        }
        if (lock == null) {
            channel.close();
            return null;
        }
        return new PartFolder(part, channel);
    }

    private static String whyTaken(Path part) throws IOException {
        PartFolder free = Files.isDirectory(part) ? tryLock(part) : null;
        if (free == null) {
            return "another recording is being written to " + recordingOf(part) + ": choose another file";
        }
        free.close();
        return part + " is left from a recording that was cut short: open it with 'threadlens open' to keep it, or remove it";
    }

    Path path() {
        return path;
    }

    void writeMeta(byte[] json) throws IOException {
        Path fresh = path.resolve(Meta.FILE_NAME + ".new");
        Files.write(fresh, json);
        move(fresh, path.resolve(Meta.FILE_NAME));
    }

    void delete() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(path)) {
            files = list.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(path);
        close();
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** Puts a whole file in the place of another. */
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What went wrong with a file, without the name of a Java class in front. */
    static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "no permission";
            case java.nio.file.NoSuchFileException _ -> "no such file";
            case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
            default -> message;
        };
    }
}
