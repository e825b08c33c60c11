package io.threadlens.synthetic;

import io.threadlens.recording.Recording;
import io.threadlens.recording.RecordingWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/** Waits for one lock and holds of it, as they are known: written once their last tick has come. */
final class Waits {
    private static final int BY_OWNER = 2;

    private record Wait(int thread, long startNs, int endTick, int stack) {}

    private record Hold(int thread, int fromTick, int endTick, int stack) {}

    private final int lock;
    private final Clock clock;
    private final Deque<Wait> waits = new ArrayDeque<>();
    private final Deque<Hold> holds = new ArrayDeque<>();
    /** When the first of the holds began; it may have been in an earlier batch. */
    private long holdStart = -1;

    Waits(int lock, Clock clock) {
        this.lock = lock;
        this.clock = clock;
    }

    /** @param startNs exact, as the interpreter would know it */
    void wait(int thread, long startNs, int endTick, int stack) {
        waits.add(new Wait(thread, startNs, endTick, stack));
    }

    void hold(int thread, int fromTick, int endTick, int stack) {
        holds.add(new Hold(thread, fromTick, endTick, stack));
    }

    /** Writes those that are over; they were told in the order in which they end. */
    void writeTo(RecordingWriter writer) {
        int now = clock.endTick();
        while (!waits.isEmpty() && waits.getFirst().endTick() <= now) {
            Wait wait = waits.removeFirst();
            write(wait, clock.time(wait.endTick()), writer);
        }
        while (!holds.isEmpty() && holds.getFirst().fromTick() <= now) {
            Hold hold = holds.getFirst();
            if (holdStart < 0) {
                holdStart = clock.time(hold.fromTick());
            }
            if (hold.endTick() > now) {
                break;
            }
            holds.removeFirst();
            write(hold, clock.time(hold.endTick()), writer);
        }
    }

    /** The recording is over: writes what goes on, as far as it was seen. */
    void finish(RecordingWriter writer) {
        long now = clock.time(clock.endTick());
        waits.forEach(wait -> write(wait, now, writer));
        if (holdStart >= 0) {
            write(holds.getFirst(), now, writer);
        }
    }

    private void write(Wait wait, long endNs, RecordingWriter writer) {
        writer.wait(new Recording.Wait(wait.thread(), wait.startNs(), endNs, lock, wait.stack()));
    }

    private void write(Hold hold, long endNs, RecordingWriter writer) {
        writer.hold(new Recording.Hold(lock, hold.thread(), holdStart, endNs, hold.stack(), BY_OWNER, 0, hold.stack()));
        holdStart = -1;
    }
}
