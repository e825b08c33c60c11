package io.threadlens.view.bench;

import io.threadlens.model.Progress;
import io.threadlens.recording.Recording;
import io.threadlens.session.RecordingOpener;
import io.threadlens.view.Toolkit;
import io.threadlens.view.compare.ComparePage;
import io.threadlens.view.compare.PairData;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.shell.RecordingPage;
import io.threadlens.view.shell.WindowBar;
import io.threadlens.view.theme.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A window of {@value #WIDTH} × {@value #HEIGHT} that is painted in memory, and in it one recording at a time, as in the app. Its methods wait; they are for
 * any thread but JavaFX's.
 */
final class Stand implements AutoCloseable {
    static final int WIDTH = 1400;
    static final int HEIGHT = 900;
    private static final long PATIENCE_SECONDS = 300;

    private final Stage stage;
    private final BorderPane root;
    /** A pixel whose colour changes in each pulse, so that each is painted. */
    private final Rectangle pixel;

    private @Nullable RecordingPage page;
    private volatile CompletableFuture<?> waiting = new CompletableFuture<>();

    private Stand(Stage stage, BorderPane root, Rectangle pixel) {
        this.stage = stage;
        this.root = root;
        this.pixel = pixel;
    }

    static Stand open() throws IOException {
        Toolkit.start(true);
        return answer(new CompletableFuture<Stand>(), future -> {
            Theme.LIGHT.use();
            BorderPane root = new BorderPane();
            Rectangle pixel = new Rectangle(1, 1);
            root.setBottom(pixel);
            Scene scene = new Scene(root, WIDTH, HEIGHT);
            Theme.dress(scene);
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            future.complete(new Stand(stage, root, pixel));
        });
    }

    /** Opens a recording and shows it; returns how long it took until the timeline was painted, ns. */
    long show(Path file) throws IOException {
        long began = System.nanoTime();
        show(RecordingData.of(RecordingOpener.open(file)), name(file));
        awaitPainted(shown -> shown.timeline().isSettled());
        return System.nanoTime() - began;
    }

    /** Shows a recording that has been opened, in the place of the one that is shown. */
    RecordingPage show(RecordingData data, String name) throws IOException {
        return ask(() -> {
            if (page != null) {
                page.close();
            }
            RecordingPage fresh = new RecordingPage(data, () -> 0, 1, this::failed);
            WindowBar bar = new WindowBar();
            bar.show(fresh.model(), name);
            root.setTop(bar);
            root.setCenter(fresh);
            page = fresh;
            return fresh;
        });
    }

    /** Opens two recordings, compares them and shows both; returns how long it took until they were painted, ns. Then they are closed. */
    long compare(Path a, Path b) throws IOException {
        long began = System.nanoTime();
        List<Recording> both = Stream.of(a, b).parallel().map(Stand::opened).toList();
        PairData pair = PairData.of(name(a), both.getFirst(), name(b), both.getLast());
        ComparePage compared = ask(() -> {
            ComparePage fresh = new ComparePage(pair, 1, this::failed);
            WindowBar bar = new WindowBar();
            bar.showPair(fresh.links(), pair.title());
            root.setTop(bar);
            root.setCenter(fresh);
            return fresh;
        });
        await(compared::isSettled);
        long took = System.nanoTime() - began;
        ask(() -> {
            compared.close();
            return compared;
        });
        return took;
    }

    private static Recording opened(Path file) {
        try {
            return RecordingOpener.view(file, new Progress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Does something with the model on the JavaFX thread. */
    void tell(Consumer<TimelineModel> what) throws IOException {
        ask(() -> {
            what.accept(page().model());
            return what;
        });
    }

    <A> A ask(Callable<A> what) throws IOException {
        return await(new CompletableFuture<>(), future -> future.complete(what.call()));
    }

    /** Waits until the page is as it should be, and has been painted like that. */
    void awaitPainted(Predicate<RecordingPage> condition) throws IOException {
        await(() -> condition.test(page()));
    }

    private void await(BooleanSupplier condition) throws IOException {
        await(new CompletableFuture<Boolean>(), future -> new Pulses() {
            private int painted;

            @Override
            void pulse() {
                painted = condition.getAsBoolean() ? painted + 1 : 0;
                pixel.setFill(painted % 2 == 0 ? Color.BLACK : Color.WHITE);
                // The first pulse hands the picture to the painter, the second waits for it, the third finds it done.
                if (painted == 3) {
                    stop();
                    future.complete(true);
                }
            }
        }.start());
    }

    /**
     * Changes the model, and again as soon as the picture of the change is there, so that pictures follow one another as fast as they can be
     * made and painted; returns the time from each to the next.
     *
     * @param step told the number of the change
     */
    Durations drive(int count, IntConsumer step) throws IOException {
        return await(new CompletableFuture<Durations>(), future -> new Pulses() {
            private final long[] took = new long[count];
            private final BooleanSupplier isPainted = page().timeline()::isPainted;
            private long last;
            private int done = -1;

            @Override
            void pulse() {
                if (!isPainted.getAsBoolean()) {
                    return;
                }
                long now = System.nanoTime();
                if (done >= 0) {
                    took[done] = now - last;
                }
                done++;
                if (done == count) {
                    stop();
                    future.complete(new Durations(took));
                    return;
                }
                last = now;
                step.accept(done);
                if (isPainted.getAsBoolean()) {
                    throw new IllegalStateException("step " + done + " changed nothing");
                }
            }
        }.start());
    }

    /** Goes on for so long; returns the time from each picture to the next. */
    Durations watch(long ns) throws IOException {
        return await(new CompletableFuture<Durations>(), future -> new Pulses() {
            private final java.util.List<Long> took = new java.util.ArrayList<>();
            private final long began = System.nanoTime();
            private long last = began;
            private long pictures = page().timeline().picturesProperty().get();

            @Override
            void pulse() {
                long now = System.nanoTime();
                if (page().timeline().picturesProperty().get() > pictures) {
                    pictures = page().timeline().picturesProperty().get();
                    took.add(now - last);
                    last = now;
                }
                if (now - began >= ns) {
                    stop();
                    future.complete(new Durations(took.stream().mapToLong(Long::longValue).toArray()));
                }
            }
        }.start());
    }

    RecordingPage page() {
        if (page == null) {
            throw new IllegalStateException("nothing is shown");
        }
        return page;
    }

    @Override
    public void close() throws IOException {
        ask(() -> {
            if (page != null) {
                page.close();
            }
            stage.close();
            return stage;
        });
    }

    private void failed(Throwable failure) {
        waiting.completeExceptionally(failure);
    }

    private <A> A await(CompletableFuture<A> future, Work<A> work) throws IOException {
        waiting = future;
        return answer(future, work);
    }

    private static <A> A answer(CompletableFuture<A> future, Work<A> work) throws IOException {
        Platform.runLater(() -> {
            try {
                work.begin(future);
            } catch (Exception e) {
                future.completeExceptionally(e);
            }
        });
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the window failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("the window was not done within " + PATIENCE_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Begins something on the JavaFX thread that completes the future. */
    private interface Work<A> {
        void begin(CompletableFuture<A> future) throws Exception;
    }

    /** Is called in each pulse until it stops. */
    private abstract class Pulses extends AnimationTimer {
        abstract void pulse();

        @Override
        public final void handle(long now) {
            try {
                pulse();
            } catch (RuntimeException e) {
                stop();
                failed(e);
            }
        }
    }
}
