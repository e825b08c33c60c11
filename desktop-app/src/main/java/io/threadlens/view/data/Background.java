package io.threadlens.view.data;

import io.threadlens.model.Progress;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.application.Platform;

/** A piece of work that may take a while, done off the JavaFX thread; its outcome arrives there. */
public final class Background {
    private Background() {}

    public static <A> void run(Callable<A> work, Consumer<A> done, Consumer<Throwable> failed) {
        run(new Progress(), work, done, failed);
    }

    /** The same for work that may be cancelled: nobody is told of its outcome any more then. */
    public static <A> void run(Progress progress, Callable<A> work, Consumer<A> done, Consumer<Throwable> failed) {
        Thread.ofVirtual().name("threadlens-work").start(() -> {
            try {
                A result = work.call();
                tell(progress, () -> done.accept(result));
            } catch (Exception e) {
                tell(progress, () -> failed.accept(e));
            }
        });
    }

    private static void tell(Progress progress, Runnable outcome) {
        Platform.runLater(() -> {
            if (!progress.isCancelled()) {
                outcome.run();
            }
        });
    }
}
