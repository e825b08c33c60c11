package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.control.Labeled;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/** What tests ask of anything that is on JavaFX's headless screen. */
abstract class OnScreen extends ApplicationTest {
    static <T> T onFx(Callable<T> question) throws Exception {
        return WaitForAsyncUtils.asyncFx(question).get(10, TimeUnit.SECONDS);
    }

    /** Waits for a text that background work brings. */
    final void awaitText(String query, String beginning) throws Exception {
        try {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> text(query).startsWith(beginning));
        } catch (TimeoutException e) {
            assertThat(text(query)).startsWith(beginning);
        }
    }

    /** What a label or a button says; empty where it says nothing. */
    final String text(String query) {
        String text = ((Labeled) lookup(query).query()).getText();
        return text == null ? "" : text;
    }

    static void await(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(condition));
    }

    /** What is said of something to those who do not see it. */
    final String accessible(String query) throws Exception {
        return onFx(() -> lookup(query).query().getAccessibleText());
    }

    /** What the way to the widest box of a flame graph says, piece by piece. */
    final List<String> way(String query) throws Exception {
        return onFx(() -> ((Region) lookup(query).query()).getChildrenUnmodifiable().stream().map(node -> ((Labeled) node).getText()).toList());
    }

    /** The colours of eight pixels beside each other in a region. */
    final Color[] colours(String query, double share, int y) throws Exception {
        Callable<Color[]> look = () -> {
            Region region = lookup(query).query();
            WritableImage image = region.getScene().snapshot(null);
            Bounds bounds = region.localToScene(region.getBoundsInLocal());
            Color[] found = new Color[8];
            for (int i = 0; i < found.length; i++) {
                found[i] = image.getPixelReader().getColor((int) (bounds.getMinX() + share * region.getWidth()) + i, (int) bounds.getMinY() + y);
            }
            return found;
        };
        return Platform.isFxApplicationThread() ? look.call() : onFx(look);
    }
}
