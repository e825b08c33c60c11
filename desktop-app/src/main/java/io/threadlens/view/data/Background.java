package io.threadlens.view.data;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.application.Platform;

/** A piece of work that may take a while, done off the JavaFX thread; its outcome arrives there. */
public final class Background {
    private Background() {}

    public static <A> void run(Callable<A> work, Consumer<A> done, Consumer<Throwable> failed) {
        Thread.ofVirtual().name("threadlens-work").start(() -> {
            try {
                A result = work.call();
                Platform.runLater(() -> done.accept(result));
            } catch (Exception e) {
                Platform.runLater(() -> failed.accept(e));
            }
        });
    }
}
