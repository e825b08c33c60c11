package io.threadlens.synthetic;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.RecordingWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Threads that all need one lock, and get it in the order in which they asked. */
final class Convoy implements Actor {
    static final int SIZE = 6;

    /** What one of them does with the lock and without, and where it asks for it and holds it. */
    private record Member(Script script, Computing outside, Computing inside, int asksIn, int holdsIn) {}

    private final List<Member> members = new ArrayList<>();
    private final Waits waits;
    private final Clock clock;
    private final SplittableRandom random;
    /** From which tick on nobody has the lock. */
    private int free;

    Convoy(List<Integer> threads, int lock, StackTree tree, Clock clock, SplittableRandom random) {
        for (int thread : threads) {
            Script script = new Script(thread);
            Computing outside = Computing.of(script, Role.WORKER, 6, tree, random);
            Computing inside = Computing.of(script, Role.WORKER, 4, tree, random);
            members.add(new Member(script, outside, inside, outside.stack(), inside.stack()));
        }
        waits = new Waits(lock, clock);
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void act() {
        for (Member next = next(); next.script.end() < clock.endTick(); next = next()) {
            turn(next);
        }
    }

    /** Who asks for the lock next. */
    private Member next() {
        Member first = members.getFirst();
        for (Member member : members) {
            if (member.script.end() < first.script.end()) {
                first = member;
            }
        }
        return first;
    }

    private void turn(Member member) {
        Script script = member.script;
        int asks = script.end();
        int gets = Math.max(asks, free);
        if (gets > asks) {
            long startNs = clock.time(asks) - random.nextLong(clock.periodNs() / 4);
            waits.wait(script.thread(), startNs, gets, member.asksIn);
            script.add(gets - asks, ThreadState.LOCK, -1, member.asksIn);
        }
        int holds = random.nextInt(2, 7);
        free = gets + holds;
        waits.hold(script.thread(), gets, free, member.holdsIn);
        member.inside.go(holds);
        member.outside.go(random.nextInt(3, 13));
    }

    @Override
    public void writeTo(Batch batch, RecordingWriter writer) {
        for (Member member : members) {
            member.script.writeTo(batch);
        }
        waits.writeTo(writer);
    }

    @Override
    public void finish(RecordingWriter writer) {
        waits.finish(writer);
    }
}
