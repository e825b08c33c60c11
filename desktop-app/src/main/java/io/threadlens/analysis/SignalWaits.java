package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import io.threadlens.recording.Recording.Wait;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Waits for work or for a result, which are no contention, by what they are called.
 *
 * @param name    {@code "Queue.get"}, {@code "Event.wait"}, {@code "Thread.join"}, {@code "executor idle"} …
 * @param seconds of threads × time
 * @param waits   separate waits that were seen
 * @param threads how many waited so
 */
public record SignalWaits(String name, double seconds, int waits, int threads) {

    /** Of a whole recording, most time first. */
    public static List<SignalWaits> of(Recording recording) {
        TickAxis axis = TickAxis.of(recording);
        Stacks stacks = new Stacks(recording);
        Map<String, Sum> sums = new HashMap<>();
        List<Wait> waits = recording.waits();
        List<Recording.Lock> locks = recording.locks();
        for (Wait wait : waits) {
            int from = axis.from(wait.start());
            int to = axis.from(wait.end());
            String kind = locks.get(wait.lock()).kind();
            if (from < to && LockNames.classOf(kind) == null) {
                sums.computeIfAbsent(WaitNames.of(kind, stacks.calls(wait.stack())), name -> new Sum()).add(wait.thread(), axis.seen(from, to));
            }
        }
        return sums.entrySet().stream()
                .map(e -> new SignalWaits(e.getKey(), StateSeconds.seconds(e.getValue().ns), e.getValue().waits, e.getValue().threads.size()))
                .sorted(Comparator.comparingDouble(SignalWaits::seconds).reversed().thenComparing(SignalWaits::name))
                .toList();
    }

    private static final class Sum {
        private long ns;
        private int waits;
        private final Set<Integer> threads = new HashSet<>();

        void add(int thread, long time) {
            ns += time;
            waits++;
            threads.add(thread);
        }
    }
}
