package io.threadlens.view.lanes;

import java.nio.IntBuffer;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The lanes' pixels, one for one on the device's wherever that has a whole number of them to a pixel. */
final class LaneImage extends Region {
    private final ImageView view = new ImageView();
    private @Nullable PixelBuffer<IntBuffer> buffer;

    LaneImage() {
        view.setSmooth(false);
        getChildren().add(view);
    }

    void show(TimelineFrame frame) {
        PixelBuffer<IntBuffer> target = buffer;
        if (target == null || target.getWidth() != frame.pixelWidth() || target.getHeight() != frame.pixelHeight()) {
            target = new PixelBuffer<>(
                    frame.pixelWidth(),
                    frame.pixelHeight(),
                    IntBuffer.allocate(frame.pixelWidth() * frame.pixelHeight()),
                    PixelFormat.getIntArgbPreInstance());
            buffer = target;
            view.setImage(new WritableImage(target));
            int scale = frame.request().scale();
            view.setFitWidth((double) frame.pixelWidth() / scale);
            view.setFitHeight((double) frame.pixelHeight() / scale);
            // On a screen with one and a half pixels to a pixel the image is finer than the screen, and is smoothed: left out pixels would make patterns uneven.
            view.setSmooth(getScene() != null && getScene().getWindow() != null && getScene().getWindow().getOutputScaleX() % 1 != 0);
        }
        target.updateBuffer(b -> {
            b.getBuffer().put(0, frame.pixels());
            return null;
        });
    }
}
