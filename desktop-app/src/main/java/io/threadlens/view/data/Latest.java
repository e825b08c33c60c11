package io.threadlens.view.data;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;

/**
 * Work that is done off the JavaFX thread, where only the newest question counts: a question asked while one is being answered replaces the one
 * that waits. Answers arrive on the JavaFX thread, in order.
 *
 * <pre>{@code
 * Latest<Viewport, Frame> frames = new Latest<>("frames", this::build, this::paint, this::report);
 * frames.ask(viewport);
 * }</pre>
 */
public final class Latest<Q, A> implements AutoCloseable {
    private final ExecutorService worker;
    private final Function<Q, A> work;
    private final Consumer<A> answer;
    private final Consumer<Throwable> failure;
    private final AtomicReference<Q> waiting = new AtomicReference<>();

    public Latest(String name, Function<Q, A> work, Consumer<A> answer, Consumer<Throwable> failure) {
        this.worker = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("threadlens-" + name).factory());
        this.work = work;
        this.answer = answer;
        this.failure = failure;
    }

    public void ask(Q question) {
        if (waiting.getAndSet(question) == null && !worker.isShutdown()) {
            worker.execute(this::next);
        }
    }

    private void next() {
        Q question = waiting.getAndSet(null);
        if (question == null) {
            return;
        }
        try {
            A result = work.apply(question);
            Platform.runLater(() -> answer.accept(result));
        } catch (RuntimeException e) {
            Platform.runLater(() -> failure.accept(e));
        }
    }

    /** Takes no more questions and waits for none. */
    @Override
    public void close() {
        worker.shutdown();
    }
}
