package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Labeled;
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
}
