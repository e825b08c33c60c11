package io.threadlens.synthetic;

import io.threadlens.model.RecordingInfo;
import io.threadlens.model.RecordingInfo.Counters;
import io.threadlens.model.RecordingInfo.End;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import io.threadlens.model.ThreadInfo;
import io.threadlens.recording.Recording;
import io.threadlens.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes the recording of a {@link Workload}. Memory does not grow with its length. */
public final class SyntheticRecording {
    private final Workload workload;
    private final SplittableRandom random;
    private final RecordingWriter writer;
    private final Clock clock;
    private final Batch batch;
    private final List<Actor> actors = new ArrayList<>();
    private int locks;

    private SyntheticRecording(Workload workload, RecordingWriter writer) {
        this.workload = workload;
        this.writer = writer;
        random = new SplittableRandom(workload.seed());
        clock = new Clock(workload, workload.rateHz(), random.split());
        batch = new Batch(clock, workload.threads(), random.split());
    }

    /**
     * The recording of a workload in a folder, made where it is not there yet.
     *
     * @param making is told before it is made, which may take a minute
     */
    public static Path in(Path folder, Workload workload, Runnable making) throws IOException {
        Path file = folder.resolve(workload.fileName());
        if (!Files.exists(file)) {
            making.run();
            write(workload, file);
        }
        return file;
    }

    /** Makes a recording; returns the time of each thread in each state, ns, by {@link io.threadlens.model.ThreadState#code()}. */
    public static long[][] write(Workload workload, Path file) throws IOException {
        try (RecordingWriter writer = new RecordingWriter(file, header(workload))) {
            SyntheticRecording recording = new SyntheticRecording(workload, writer);
            recording.run();
            writer.finish(new End("stopped", null, null), true);
            writer.save();
            return recording.batch.states();
        } catch (IOException e) {
            throw new IOException("the recording for the benchmark cannot be made: " + e.getMessage(), e);
        }
    }

    private static RecordingInfo header(Workload workload) {
        ProcessInfo process = new ProcessInfo(1, List.of("synthetic"), "", "0.0.0", true, false, Computing.CORES, "");
        return new RecordingInfo(process, 0, 0, workload.rateHz(), Map.of(), Counters.NONE, null, false, true);
    }

    private void run() throws IOException {
        StackTree tree = new StackTree(writer, random.split());
        clock.next(Math.min(workload.rateHz(), workload.ticks()), writer);
        threads();
        actors(tree);
        while (true) {
            second();
            if (clock.endTick() == workload.ticks()) {
                break;
            }
            clock.next(workload.rateHz(), writer);
        }
        actors.forEach(actor -> actor.finish(writer));
        writer.commit();
    }

    private void threads() {
        for (int thread = 0; thread < workload.threads(); thread++) {
            String name = Role.of(thread).label() + "-" + thread;
            writer.thread(new ThreadInfo(thread, 1000 + thread, thread, name, clock.time(0), -1));
        }
    }

    private void actors(StackTree tree) {
        int queue = lock("condition", "threading.Condition", "Queue.not_empty");
        List<Integer> workers = new ArrayList<>();
        for (int thread = 0; thread < workload.threads(); thread++) {
            if (Role.of(thread) == Role.WORKER) {
                workers.add(thread);
            } else {
                actors.add(new Loner(thread, tree, clock, queue, random.split()));
            }
        }
        for (int first = 0; first < workers.size(); first += Convoy.SIZE) {
            List<Integer> convoy = workers.subList(first, Math.min(first + Convoy.SIZE, workers.size()));
            int lock = lock("lock", "threading.Lock", "Store.lock_" + locks);
            actors.add(new Convoy(convoy, lock, tree, clock, random.split()));
        }
    }

    private int lock(String kind, String type, String label) {
        writer.lock(new Recording.Lock(locks, kind, type, label));
        return locks++;
    }

    private void second() throws IOException {
        batch.begin(writer);
        for (Actor actor : actors) {
            actor.act();
            actor.writeTo(batch, writer);
        }
        batch.writeTo(writer);
        writer.counters(new Counters(0, (long) workload.threads() * clock.endTick(), 0, 0, 0, 0));
        writer.commit();
    }
}
