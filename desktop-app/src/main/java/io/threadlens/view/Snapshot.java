package io.threadlens.view;

import io.threadlens.recording.Recording;
import io.threadlens.view.compare.ComparePage;
import io.threadlens.view.compare.PairData;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.Settling;
import io.threadlens.view.data.Topic;
import io.threadlens.view.shell.RecordingPage;
import io.threadlens.view.shell.WindowBar;
import io.threadlens.view.theme.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.transform.Transform;
import javax.imageio.ImageIO;

/**
 * The window of a recording, or of two that are compared, as a picture, without a display.
 *
 * @param width  of the window, pixels
 * @param height of the window
 * @param scale  device pixels per pixel: 2 for a picture that is sharp on fine screens
 * @param theme  light or dark
 */
public record Snapshot(int width, int height, int scale, Theme theme) {
    private static final long PATIENCE_SECONDS = 120;
    /** A table fills its cells a pulse or two after its rows came. */
    private static final int QUIET_PULSES = 12;

    public static final Snapshot DEFAULT = new Snapshot(1440, 900, 2, Theme.LIGHT);

    /** The same in another theme. */
    public Snapshot in(Theme other) {
        return new Snapshot(width, height, scale, other);
    }

    /**
     * Paints a recording into a PNG. Starts JavaFX where it is not running; waits; not for the JavaFX thread.
     *
     * @param front the tab that is in front
     */
    public void save(Recording recording, String title, LongSupplier size, Topic front, Path png) throws IOException {
        save(recording, title, size, page -> page.model().topic().set(front), png);
    }

    /** The same after {@code prepare} has selected or zoomed. */
    void save(Recording recording, String title, LongSupplier size, Consumer<RecordingPage> prepare, Path png) throws IOException {
        RecordingData data = RecordingData.of(recording);
        save(
                onFailure -> {
                    RecordingPage page = new RecordingPage(data, size, scale, onFailure);
                    WindowBar bar = new WindowBar();
                    bar.show(page.model(), title);
                    return new Content<>(page, bar, page);
                },
                prepare,
                png);
    }

    /** The same of two recordings that are compared, after {@code prepare} has selected, zoomed or aligned. */
    public void save(PairData pair, Consumer<ComparePage> prepare, Path png) throws IOException {
        save(
                onFailure -> {
                    ComparePage page = new ComparePage(pair, scale, onFailure);
                    WindowBar bar = new WindowBar();
                    bar.showPair(page.links(), pair.title());
                    return new Content<>(page, bar, page);
                },
                prepare,
                png);
    }

    /** What is in a window. */
    private record Content<P extends Settling>(Region below, WindowBar bar, P page) {}

    private <P extends Settling> void save(Function<Consumer<Throwable>, Content<P>> make, Consumer<P> prepare, Path png) throws IOException {
        Toolkit.start(true);
        CompletableFuture<WritableImage> picture = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                theme.use();
                paint(make.apply(picture::completeExceptionally), prepare, picture);
            } catch (RuntimeException | LinkageError e) {
                picture.completeExceptionally(e);
            }
        });
        try {
            write(picture.get(PATIENCE_SECONDS, TimeUnit.SECONDS), png);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the picture could not be painted: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private <P extends Settling> void paint(Content<P> content, Consumer<P> prepare, CompletableFuture<WritableImage> picture) {
        P page = content.page();
        BorderPane root = new BorderPane(content.below());
        root.setTop(content.bar());
        Scene scene = new Scene(root, width, height);
        Theme.dress(scene);
        // What is not in a window must be told its size. It is not painted yet: a scroll pane would go on showing what it had then.
        root.resize(width, height);
        root.applyCss();
        root.layout();
        prepare.accept(page);
        new AnimationTimer() {
            private int quiet;

            @Override
            public void handle(long now) {
                scene.getRoot().applyCss();
                scene.getRoot().layout();
                quiet = page.isSettled() ? quiet + 1 : 0;
                if (quiet == QUIET_PULSES) {
                    stop();
                    SnapshotParameters parameters = new SnapshotParameters();
                    parameters.setTransform(Transform.scale(scale, scale));
                    parameters.setFill(theme.palette().background());
                    picture.complete(root.snapshot(parameters, new WritableImage(width * scale, height * scale)));
                    page.close();
                }
            }
        }.start();
    }

    private static void write(WritableImage image, Path png) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        buffered.setRGB(0, 0, width, height, pixels, 0, width);
        try (OutputStream out = Files.newOutputStream(png)) {
            ImageIO.write(buffered, "png", out);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot write " + png + ": there is no such folder", e);
        }
    }
}
