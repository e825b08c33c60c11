package io.threadlens.comparison;

import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SeenTime;
import io.threadlens.timeline.StateTimes;
import io.threadlens.recording.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much faster a program could be without the GIL at most, told from a recording with it.
 *
 * <p>At each moment some threads want to compute: they run, in the interpreter or in native code, or would but for the GIL or a core. With the GIL r of these get on, at
 * least one; without it as many as there are cores would, so that the same work takes r / min(wanted, cores) of the time. Who had to queue for it before would have
 * {@link RunAhead run ahead}. Threads that wait for anything else go on waiting. Nor can the program end before its busiest thread has done its own work.
 *
 * @param atMost      the recording's time divided by the predicted one, at least 1
 * @param wallNs      how long the recording is; the little of it that nobody saw is taken to have been as the rest
 * @param predictedNs how long the same would take
 * @param cores       that the recorded machine has
 * @param queuedNs    time that threads queued for the GIL in the recording, of all of them together
 * @param lockNs      core-time that is left empty in the predicted run while threads wait for locks
 * @param serialNs    core-time that is left empty there as fewer threads than cores have something to compute
 * @param waitingNs   core-time that is left empty there while no thread has
 * @param assumptions what it holds under, in words
 */
public record Prediction(
        double atMost,
        long wallNs,
        long predictedNs,
        int cores,
        long queuedNs,
        long lockNs,
        long serialNs,
        long waitingNs,
        List<String> assumptions) {

    /** Why nothing can be predicted from a recording; null where it can. */
    public static @Nullable String refusal(Recording viewed) {
        boolean turnedOn = viewed.events().stream().anyMatch(event -> event.kind().equals("gil") && event.value() != 0);
        if (!viewed.info().process().gilEnabled() && !turnedOn) {
            return "The program was recorded without the GIL.";
        }
        if (viewed.chunks().stream().anyMatch(chunk -> chunk.summary() == null)) {
            return "The recording is not counted yet.";
        }
        return viewed.chunks().isEmpty() ? "Nothing was recorded." : null;
    }

    /**
     * Null where {@link #refusal} says why.
     *
     * @param viewed opened by {@code Recordings.view}
     */
    public static @Nullable Prediction of(Recording viewed) {
        return refusal(viewed) == null ? new Counter(StateTimes.of(viewed)).count() : null;
    }

    /** The same of one that was counted already. */
    static @Nullable Prediction of(StateTimes times) {
        return refusal(times.recording()) == null ? new Counter(times).count() : null;
    }

    /** Core-time by what it goes to, ns. */
    private static final class Counter {
        private final StateTimes times;
        private final SeenTime seen;
        private final int cores;
        private final RunAhead runAhead = new RunAhead();
        private double predicted;
        private double queued;
        private double lock;
        private double serial;
        private double waiting;

        private int tick;

        Counter(StateTimes times) {
            this.times = times;
            seen = times.seen();
            cores = Math.max(1, times.recording().info().process().cores());
        }

        Prediction count() {
            StateStretches.visit(times.recording(), seen, (from, end, ns, threads) -> {
                nobody(tick, from);
                tick = Math.max(tick, end);
                stretch(ns, threads);
            });
            nobody(tick, seen.ticks());
            long own = busiest();
            if (own > predicted) {
                serial += (own - predicted) * cores;
                predicted = own;
            }
            long wall = seen.endNs() - seen.firstNs();
            // What was not seen is taken to have been as the rest.
            double scale = (double) wall / Math.max(1, seen.before(seen.ticks()));
            double predictedNs = Math.min(wall, predicted * scale);
            return new Prediction(
                    predictedNs == 0 ? 1 : wall / predictedNs,
                    wall,
                    Math.round(predictedNs),
                    cores,
                    Math.round(queued * scale),
                    Math.round(lock * scale),
                    Math.round(serial * scale),
                    Math.round(waiting * scale),
                    assumptions());
        }

        /** At these ticks no thread was seen; what nothing is known of stays as it was. */
        private void nobody(int from, int to) {
            if (from < to) {
                double ns = seen.before(to) - seen.before(from);
                predicted += ns;
                waiting += ns * cores;
                runAhead.rest();
            }
        }

        private void stretch(double ns, int[] threads) {
            int onCore = StateStretches.busy(threads);
            int inQueue = threads[ThreadState.GIL.code()];
            int wanted = onCore + inQueue + threads[ThreadState.RUNNABLE.code()];
            int locked = threads[ThreadState.LOCK.code()];
            queued += inQueue * ns;
            if (wanted == 0) {
                predicted += ns;
                lock += Math.min(cores, locked) * ns;
                waiting += Math.max(0, cores - locked) * ns;
                runAhead.rest();
                return;
            }
            int atOnce = Math.min(cores, wanted);
            int running = Math.clamp(onCore, 1, atOnce);
            double saved = runAhead.pass(ns, running, wanted, atOnce);
            double then = ns * running / atOnce;
            // What others did earlier filled cores then that stay empty now, and is all that was saved.
            double empty = (cores - atOnce) * then - cores * saved;
            double forLocks = Math.min(1, (double) locked / Math.max(1, cores - atOnce)) * empty;
            predicted += then - saved;
            lock += forLocks;
            serial += empty - forLocks;
        }

        /** Time that the thread that computed most was on a core. */
        private long busiest() {
            TimeRange all = times.range();
            long most = 0;
            for (ThreadInfo thread : times.threads()) {
                long[] states = times.between(thread.number(), all.startNs(), all.endNs());
                most = Math.max(most, states[ThreadState.RUNNING.code()] + states[ThreadState.NATIVE.code()]);
            }
            return most;
        }

        private List<String> assumptions() {
            List<String> words = new ArrayList<>();
            words.add("Each thread is as fast without the GIL as with it.");
            words.add("Locks are held as long, and waited for as long while others compute.");
            words.add("No thread slows another down by using the same objects or counting references to them.");
            words.add(String.format(
                    Locale.ROOT, "The program has the machine's %d core%s to itself.", cores, cores == 1 ? "" : "s"));
            words.add("Threads that compute side by side with the GIL do so without it, and no others; what waits, sleeps or reads goes on when the others have got as far.");
            return List.copyOf(words);
        }
    }
}
