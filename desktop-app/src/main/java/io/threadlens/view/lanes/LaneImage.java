package io.threadlens.view.lanes;

import java.nio.IntBuffer;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The lanes' pixels, one for one on the device's. */
public final class LaneImage extends Region {
    private final ImageView view = new ImageView();
    private @Nullable PixelBuffer<IntBuffer> buffer;

    public LaneImage() {
        view.setSmooth(false);
        getChildren().add(view);
    }

    /**
     * @param pixels ARGB, row by row, in device pixels
     * @param scale  device pixels per pixel
     */
    public void show(int[] pixels, int width, int height, int scale) {
        PixelBuffer<IntBuffer> target = buffer;
        if (target == null || target.getWidth() != width || target.getHeight() != height) {
            target = new PixelBuffer<>(width, height, IntBuffer.allocate(width * height), PixelFormat.getIntArgbPreInstance());
            buffer = target;
            view.setImage(new WritableImage(target));
            view.setFitWidth((double) width / scale);
            view.setFitHeight((double) height / scale);
        }
        target.updateBuffer(b -> {
            b.getBuffer().put(0, pixels);
            return null;
        });
    }
}
