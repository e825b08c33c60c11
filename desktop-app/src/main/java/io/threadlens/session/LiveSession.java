package io.threadlens.session;

import io.threadlens.model.RecordingInfo.End;
import io.threadlens.recording.Recording;
import io.threadlens.recording.RecordingException;
import io.threadlens.recording.RecordingWriter;
import io.threadlens.wire.AgentClient;
import io.threadlens.wire.AgentConnection;
import io.threadlens.wire.AgentServer;
import io.threadlens.wire.Batch;
import io.threadlens.wire.Message;
import io.threadlens.wire.WireException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One recording while it is made: starts or meets the agent, reads what it sends on a thread of its own, writes it to disk, and saves it when it has
 * ended. No method waits but {@link #await()}; what is asked of the agent is sent from another thread.
 */
public final class LiveSession implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LiveSession.class.getName());
    /** A machine under load takes its time to start a Python that starts a Python. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration INTERRUPT_PATIENCE = Duration.ofSeconds(5);
    private static final long END_SECONDS = 10;

    /** Where a recording is in its life. */
    public enum State {
        /** The agent has not connected yet. */
        WAITING,
        RECORDING,
        /** It is over and saved. */
        ENDED,
        /** It could not begin, or could not be kept; {@link Status#message} says why. */
        FAILED
    }

    /**
     * @param message what there is to say: why it failed, or what is missing from a recording that has ended; null where there is nothing
     */
    public record Status(State state, @Nullable String message) {}

    private final String what;
    private final Path file;
    private final boolean attached;
    private final Consumer<LiveSession> listener;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService controls = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("session-controls").factory());

    private volatile Status status = new Status(State.WAITING, null);
    private volatile @Nullable AgentServer server;
    private volatile @Nullable AgentProcess agent;
    private volatile @Nullable AgentConnection connection;
    private volatile @Nullable Recording recording;
    private volatile @Nullable RecordingWriter writer;
    private volatile @Nullable BatchRecorder recorder;
    private volatile boolean stopping;
    private volatile boolean failed;

    private LiveSession(String what, boolean attached, Path file, Consumer<LiveSession> listener) {
        this.what = what;
        this.attached = attached;
        this.file = file;
        this.listener = listener;
    }

    /**
     * Starts an agent and records.
     *
     * @param file     where the recording is kept in the end
     * @param terminal whether a program that is started gets this process's input and output
     * @param listener told of every change of state, on the session's thread
     */
    public static LiveSession record(Target target, Path file, boolean terminal, Consumer<LiveSession> listener) {
        LiveSession session = new LiveSession(target.shortName(), target.pid() != null, file, listener);
        session.run(() -> session.startAgent(target, terminal));
        return session;
    }

    /** Connects to an agent that waits for the app, and records. */
    public static LiveSession join(InetSocketAddress address, String token, Path file, Consumer<LiveSession> listener) {
        LiveSession session = new LiveSession(String.valueOf(address), true, file, listener);
        session.run(() -> session.connect(address, token));
        return session;
    }

    public Status status() {
        return status;
    }

    /** A short name of what is recorded. */
    public String what() {
        return what;
    }

    /** Where the recording is kept when it has ended. */
    public Path file() {
        return file;
    }

    /** The recording as it grows; null before the agent has connected. */
    public @Nullable Recording recording() {
        return recording;
    }

    /** Bytes on disk so far. */
    public long bytes() {
        RecordingWriter current = writer;
        return current == null ? 0 : current.bytes();
    }

    /**
     * Waits for the agent, which outlives the recording where a program that it started does, and returns its exit code: such a program's
     * own, but never 0 where the recording failed.
     */
    public int awaitExitCode() throws InterruptedException {
        over.await();
        AgentProcess started = agent;
        if (recording == null) {
            return 1;
        }
        int code = started == null ? 0 : attached ? started.await(END_SECONDS) : started.await();
        return failed ? Math.max(code, 1) : code;
    }

    /** The last line that the recorded program has written to stderr; empty where it has written none, or was not started by us. */
    String lastWords() throws InterruptedException {
        AgentProcess started = agent;
        return started == null ? "" : started.lastWords();
    }

    /** When the recording is over: waits for the agent and the program that it has started, at most so long, and then kills them. */
    void endProgram(Duration patience) throws InterruptedException {
        AgentProcess started = agent;
        if (started != null) {
            started.end(patience);
        }
    }

    /** Waits for the end of the recording. */
    public void await() throws InterruptedException {
        over.await();
    }

    /** Waits for the end, at most so long; returns whether it has come. */
    public boolean await(Duration patience) throws InterruptedException {
        return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Ctrl+C was pressed. A process that was attached to is let go. A program that was started is asked to end, which in a terminal it has
     * been already, and is recorded to its end, unless it takes too long over it.
     */
    public void interrupt() {
        AgentProcess started = agent;
        if (attached || started == null || connection == null) {
            stop();
            return;
        }
        started.interrupt();
        Thread.ofVirtual().start(() -> {
            try {
                if (!await(INTERRUPT_PATIENCE)) {
                    stop();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends the recording; what there is of it is kept. */
    public void stop() {
        stopping = true;
        AgentConnection open = connection;
        if (open == null) {
            giveUp("stopped before the recording began");
            return;
        }
        control(AgentConnection::stop);
        Thread.ofVirtual().start(() -> {
            try {
                if (!over.await(END_SECONDS, TimeUnit.SECONDS)) {
                    open.close(); // it does not listen: the recording ends here
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public void pause() {
        control(AgentConnection::pause);
    }

    public void resume() {
        control(AgentConnection::resume);
    }

    public void rate(double hz) {
        control(open -> open.rate(hz));
    }

    /** Puts a mark of the app's own into the recording, or takes it away. One that comes too late is not recorded. */
    public void mark(Recording.Mark mark) {
        BatchRecorder current = recorder;
        if (current != null) {
            current.mark(mark);
        }
    }

    /** Has the agent put a mark at the moment at which this reaches it. */
    public void mark(String text) {
        control(open -> open.mark(text));
    }

    /** Ends the recording, if it has not, without waiting for it. */
    @Override
    public void close() {
        if (over.getCount() > 0) {
            stop();
        }
        controls.shutdown();
    }

    private void run(Connecting connecting) {
        Thread keepOnExit = new Thread(this::keepOnExit, "threadlens-session-exit");
        Runtime.getRuntime().addShutdownHook(keepOnExit);
        Thread.ofPlatform().name("threadlens-session").start(() -> {
            try {
                AgentConnection open = connecting.connect();
                connection = open;
                try (open) {
                    recordFrom(open);
                }
            } catch (IOException e) {
                fail(String.valueOf(e.getMessage()), e);
            } catch (InterruptedException e) {
                fail("interrupted", e);
            } catch (RuntimeException e) {
                fail("a fault in Threadlens: " + e, e);
            } finally {
                over.countDown();
                controls.shutdown();
                forget(keepOnExit);
            }
        });
    }

    /** The process ends, because its window was closed or it was told to, while this records: what there is is saved first. */
    private void keepOnExit() {
        stop();
        try {
            over.await(2 * END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running already.
        }
    }

    private AgentConnection connect(InetSocketAddress address, String token) throws IOException {
        try {
            return AgentClient.connect(address, token);
        } catch (IOException e) {
            throw new WireException("cannot join the agent at " + what + ": " + e.getMessage(), e);
        }
    }

    private AgentConnection startAgent(Target target, boolean terminal) throws IOException, InterruptedException {
        try (AgentServer listening = new AgentServer(why -> LOG.log(System.Logger.Level.WARNING, why))) {
            server = listening;
            AgentProcess started = AgentProcess.start(target, listening, terminal);
            agent = started;
            started.onExit().thenRun(() -> listening.giveUp("")); // its last words are read below
            try {
                return listening.await(PATIENCE);
            } catch (WireException e) {
                if (stopping) {
                    started.kill();
                    throw new WireException("stopped before the recording began", e);
                }
                if (e.getMessage() != null && !e.getMessage().isEmpty()) {
                    started.kill();
                    throw e;
                }
                throw new WireException(started.complaint(), e);
            }
        }
    }

    private void recordFrom(AgentConnection open) throws IOException, InterruptedException {
        RecordingWriter out;
        try {
            out = new RecordingWriter(file, BatchRecorder.header(open.hello()));
        } catch (IOException e) {
            open.refuse(String.valueOf(e.getMessage()));
            throw e;
        }
        try (out) {
            writer = out;
            BatchRecorder batches = new BatchRecorder(out);
            recorder = batches;
            recording = out.live();
            open.start();
            if (stopping) {
                open.stop();
            }
            change(new Status(State.RECORDING, null));
            End end = null;
            String trouble = null;
            try {
                end = pump(open, batches);
                trouble = end == null ? "the agent ended without saying why; the recording goes up to there" : null;
            } catch (RecordingException e) {
                throw e;
            } catch (IOException e) {
                trouble = "the connection to the agent broke: " + e.getMessage() + "; the recording goes up to there";
                LOG.log(System.Logger.Level.DEBUG, trouble, e);
            }
            open.close();
            batches.recordMarks();
            out.finish(end, end != null);
            out.save();
            failed = end == null || end.reason().equals("failed");
            change(new Status(State.ENDED, end == null ? trouble : end.message()));
        }
    }

    private static @Nullable End pump(AgentConnection open, BatchRecorder recorder) throws IOException {
        while (true) {
            switch (open.next()) {
                case null -> {
                    return null;
                }
                case Message.Ended ended -> {
                    return ended.end();
                }
                case Batch batch -> recorder.record(batch);
            }
        }
    }

    private void fail(String message, Exception cause) {
        LOG.log(System.Logger.Level.DEBUG, message, cause);
        failed = true;
        AgentProcess started = agent;
        if (started != null && recording == null) {
            started.kill(); // later the end of the connection tells it, and the program that it started goes on
        }
        change(new Status(State.FAILED, message));
    }

    private void giveUp(String reason) {
        AgentServer waiting = server;
        if (waiting != null) {
            waiting.giveUp(reason);
        }
    }

    private void control(Control control) {
        AgentConnection open = connection;
        if (open == null) {
            return;
        }
        try {
            controls.execute(() -> {
                try {
                    control.send(open);
                } catch (IOException e) {
                    // The connection is gone, which its reader tells better.
                }
            });
        } catch (RejectedExecutionException e) {
            // The recording is over: there is nobody to tell any more.
        }
    }

    private void change(Status next) {
        status = next;
        listener.accept(this);
    }

    private interface Connecting {
        AgentConnection connect() throws IOException, InterruptedException;
    }

    private interface Control {
        void send(AgentConnection connection) throws IOException;
    }
}
