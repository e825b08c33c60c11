package io.threadlens.synthetic;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.RecordingWriter;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A thread that works and waits by turns, whatever the others do. */
final class Loner implements Actor {
    /** Threads that only compute change their stack after so many ticks at the latest: every fourth of them at each tick. */
    private static final int[] LONGEST = {1, 4, 9, 14};

    private final Role role;
    private final Script script;
    private final Computing computing;
    private final int waitsIn;
    private final Clock clock;
    private final SplittableRandom random;
    /** Waits for work; null for those whose waits are no waits for a lock. */
    private final @Nullable Waits waits;

    /** @param queue number of what is waited for while there is no work */
    Loner(int thread, StackTree tree, Clock clock, int queue, SplittableRandom random) {
        role = Role.of(thread);
        script = new Script(thread);
        int longest = role == Role.COMPUTE ? LONGEST[thread % LONGEST.length] : 4;
        computing = Computing.of(script, role, longest, tree, random);
        waitsIn = computing.stack();
        waits = role == Role.QUEUE ? new Waits(queue, clock) : null;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void act() {
        while (script.end() < clock.endTick()) {
            switch (role) {
                case SOCKET -> turn(ThreadState.IO, 5, 40, 1, 3);
                case QUEUE -> turn(ThreadState.SIGNAL, 50, 400, 3, 30);
                case TIMER -> turn(ThreadState.IDLE, 500, 5_000, 1, 1);
                case COMPUTE, WORKER -> computing.go(64);
            }
        }
    }

    private void turn(ThreadState waiting, int leastWait, int mostWait, int leastWork, int mostWork) {
        int from = script.end();
        script.add(random.nextInt(leastWait, mostWait + 1), waiting, -1, waitsIn);
        if (waits != null) {
            waits.wait(script.thread(), clock.time(from), script.end(), waitsIn);
        }
        computing.go(random.nextInt(leastWork, mostWork + 1));
    }

    @Override
    public void writeTo(Batch batch, RecordingWriter writer) {
        script.writeTo(batch);
        if (waits != null) {
            waits.writeTo(writer);
        }
    }

    @Override
    public void finish(RecordingWriter writer) {
        if (waits != null) {
            waits.finish(writer);
        }
    }
}
