package io.threadlens.view.compare;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Run;
import io.threadlens.comparison.RunReader;
import io.threadlens.comparison.Side;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Saved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Two threads with a second of work each, on two cores. In a they take turns with the GIL: 2 s. In b they work beside each other for 600 ms, then one waits for a lock of
 * the other for 400 ms, then it works alone for as long: 1.4 s, of which 200 ms of wall time went to the lock.
 */
final class KnownPair {
    private static final long MS = 1_000_000;

    private KnownPair() {}

    static Comparison of(Path folder) throws IOException {
        return Comparison.of(new Side(List.of(withGil(folder))), new Side(List.of(without(folder))), null);
    }

    static Run withGil(Path folder) throws IOException {
        MemoryRecording recording = new MemoryRecording(1_000).cores(2).ticks(2_000).gil();
        int one = recording.thread("worker-0");
        int other = recording.thread("worker-1");
        int work = work(recording);
        int gil = recording.lock("gil", null, null);
        recording.run(one, 0, 1_000, ThreadState.RUNNING, 0, work);
        recording.run(one, 1_000, 1_000, ThreadState.GIL, 0, work);
        recording.run(other, 0, 1_000, ThreadState.GIL, 0, work);
        recording.run(other, 1_000, 1_000, ThreadState.RUNNING, 0, work);
        recording.wait(other, MemoryRecording.START_NS, MemoryRecording.START_NS + 1_000 * MS, gil, work);
        recording.wait(one, MemoryRecording.START_NS + 1_000 * MS, MemoryRecording.START_NS + 2_000 * MS, gil, work);
        return read(recording, folder.resolve("app-gil.threadlens"));
    }

    static Run without(Path folder) throws IOException {
        MemoryRecording recording = new MemoryRecording(1_000).cores(2).ticks(1_400);
        int one = recording.thread("worker-0");
        int other = recording.thread("worker-1");
        int work = work(recording);
        int enter = recording.stack(work, "Store.put", "/srv/app/store.py", 23);
        int lock = recording.lock("lock", "threading.Lock", "Store.lock");
        recording.run(one, 0, 600, ThreadState.RUNNING, 0, work);
        recording.run(one, 600, 400, ThreadState.LOCK, 0, enter);
        recording.run(one, 1_000, 400, ThreadState.RUNNING, 0, work);
        recording.run(other, 0, 1_000, ThreadState.RUNNING, 1, work);
        recording.run(other, 1_000, 400, ThreadState.IDLE, 1, work);
        recording.wait(one, MemoryRecording.START_NS + 600 * MS, MemoryRecording.START_NS + 1_000 * MS, lock, enter);
        return read(recording, folder.resolve("app-ft.threadlens"));
    }

    private static int work(MemoryRecording recording) {
        return recording.stack(recording.stack(-1, "Thread.run", "/usr/lib/python3.14/threading.py", 1024), "Worker.run", "/srv/app/worker.py", 41);
    }

    private static Run read(MemoryRecording recording, Path file) throws IOException {
        try (Recording viewed = Saved.view(recording, file, 100)) {
            return RunReader.read(viewed, file.toString());
        }
    }
}
