package io.threadlens.view.data;

import io.threadlens.timeline.BusySteps;
import io.threadlens.timeline.CoreTimes;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What views of cores count and the rest of the window does not need: counted when it is first asked for, and later only what is new. It may take seconds, so
 * not for the JavaFX thread; safe from any other.
 */
public final class CoreData {
    private final Growing<BusySteps> busy = new Growing<>(data -> BusySteps.of(data.recording()), (before, data) -> before.grow());
    private final Growing<CoreTimes> cores = new Growing<>(data -> CoreTimes.of(data.times()), (before, data) -> before.grow(data.times()));

    public BusySteps busy(RecordingData data) {
        return busy.get(data);
    }

    public CoreTimes cores(RecordingData data) {
        return cores.get(data);
    }

    private static final class Growing<A> {
        private final Function<RecordingData, A> first;
        private final BiFunction<A, RecordingData, A> next;
        private @Nullable A newest;

        Growing(Function<RecordingData, A> first, BiFunction<A, RecordingData, A> next) {
            this.first = first;
            this.next = next;
        }

        synchronized A get(RecordingData data) {
            A before = newest;
            A now = before == null ? first.apply(data) : next.apply(before, data);
            newest = now;
            return now;
        }
    }
}
