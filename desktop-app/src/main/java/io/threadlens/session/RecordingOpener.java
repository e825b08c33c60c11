package io.threadlens.session;

import io.threadlens.model.Progress;
import io.threadlens.model.RecordingInfo.End;
import io.threadlens.recording.Recording;
import io.threadlens.recording.RecordingException;
import io.threadlens.recording.RecordingWriter;
import io.threadlens.recording.Recordings;
import io.threadlens.wire.AgentStream;
import io.threadlens.wire.Batch;
import io.threadlens.wire.Message;
import io.threadlens.wire.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens whatever a person may point at: a recording, the folder of one that was cut short, or a stream that an agent left in a file. */
public final class RecordingOpener {
    private static final byte[] STREAM = {'T', 'L', 'S', 'T', 'R', 'E', 'A', 'M'};

    private RecordingOpener() {}

    public static Recording open(Path path) throws IOException {
        return isStream(path) ? openStream(path, new Progress()) : Recordings.open(path);
    }

    /** Opens it to be looked at: in a moment where it was saved by this version, else when it has been brought into that form, of which {@code progress} tells. */
    public static Recording view(Path path, Progress progress) throws IOException {
        return isStream(path) ? Recordings.compacted(openStream(path, progress.part(0, 0.5)), progress.part(0.5, 1)) : Recordings.view(path, progress);
    }

    /**
     * Reads what {@link #view} left unread. Returns null where all is well; else the same recording without what is damaged, which it tells.
     */
    public static @Nullable Recording mended(Recording viewed, Path path, Progress progress) throws IOException {
        boolean damaged = Recordings.damage(viewed, progress.part(0, 0.3)) != null;
        return damaged ? Recordings.compacted(open(path), progress.part(0.3, 1)) : null;
    }

    /** Refuses what {@link #open} would refuse, without reading what is recorded. */
    public static void check(Path path) throws IOException {
        if (!isStream(path)) {
            Recordings.check(path);
            return;
        }
        try (InputStream in = Files.newInputStream(path)) {
            AgentStream.ofFile(in);
        } catch (WireException e) {
            throw new RecordingException("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    private static boolean isStream(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return java.util.Arrays.equals(in.readNBytes(STREAM.length), STREAM);
        } catch (IOException e) {
            return false; // whoever opens it as a recording says why it cannot be read
        }
    }

    /** Reads a stream into a recording in the temporary folder, which is open from then on and goes away with it. */
    private static Recording openStream(Path path, Progress progress) throws IOException {
        Path folder = Files.createTempDirectory("threadlens-");
        long size = Math.max(1, Files.size(path));
        try (FileChannel channel = FileChannel.open(path);
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 18)) {
            AgentStream stream = AgentStream.ofFile(in);
            RecordingWriter writer = new RecordingWriter(folder.resolve("stream.threadlens"), BatchRecorder.header(stream.hello()));
            try {
                BatchRecorder recorder = new BatchRecorder(writer);
                End end = pump(stream, batch -> {
                    recorder.record(batch);
                    progress.at((double) channel.position() / size);
                });
                writer.finish(end, end != null);
            } finally {
                writer.discard(); // what is mapped stays readable
            }
            return writer.live();
        } catch (WireException e) {
            throw new RecordingException("cannot open " + path + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private interface Reading {
        void read(Batch batch) throws IOException;
    }

    /** The end as the agent told it; null where the stream was cut off, wherever that was. */
    private static @Nullable End pump(AgentStream stream, Reading reading) throws IOException {
        while (true) {
            Message message;
            try {
                message = stream.next();
            } catch (WireException e) {
                return null;
            }
            switch (message) {
                case null -> {
                    return null;
                }
                case Message.Ended ended -> {
                    return ended.end();
                }
                case Batch batch -> reading.read(batch);
            }
        }
    }
}
