package io.threadlens.comparison;

import io.threadlens.analysis.StateSeconds;
import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Profile;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The functions in which each thread had most to do: enough of them to tell which threads do the same. Immutable. */
final class TopFunctions {
    private static final int MOST = 8;
    private static final int NOTHING = -1;

    private final List<Map<String, Double>> byThread;

    private TopFunctions(List<Map<String, Double>> byThread) {
        this.byThread = byThread;
    }

    /** @param viewed one whose chunks have their summaries */
    static TopFunctions of(Recording viewed, int threads) {
        return new TopFunctions(new Reader(viewed).read(threads));
    }

    /** Seconds by function, most first; of a thread by its number. */
    Map<String, Double> of(int thread) {
        return byThread.get(thread);
    }

    private static final class Reader {
        private final Recording recording;
        private final List<String> names = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        /** The number of a frame's function, plus one; 0 where it was not asked for yet. */
        private int[] ofFrame = new int[256];

        Reader(Recording recording) {
            this.recording = recording;
        }

        List<Map<String, Double>> read(int threads) {
            List<Map<Integer, long[]>> times = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                times.add(new HashMap<>());
            }
            for (SampleChunk chunk : recording.chunks()) {
                Summary summary = chunk.summary();
                if (summary != null) {
                    add(summary.profile(), times);
                }
            }
            return times.stream().map(this::most).toList();
        }

        private void add(Profile profile, List<Map<Integer, long[]>> times) {
            for (int row = 0; row < profile.rows(); row++) {
                int thread = profile.thread(row);
                int function = ThreadState.of(profile.state(row)).isActive() ? function(profile.stack(row)) : NOTHING;
                if (function != NOTHING && thread >= 0 && thread < times.size()) {
                    times.get(thread).computeIfAbsent(function, f -> new long[1])[0] += profile.time(row);
                }
            }
        }

        private int function(int stack) {
            int frame = recording.frame(stack);
            if (frame < 0) {
                return NOTHING;
            }
            if (frame >= ofFrame.length) {
                ofFrame = Arrays.copyOf(ofFrame, Math.max(frame + 1, 2 * ofFrame.length));
            }
            if (ofFrame[frame] == 0) {
                ofFrame[frame] = number(Objects.requireNonNull(recording.leaf(stack))) + 1;
            }
            return ofFrame[frame] - 1;
        }

        private int number(Frame call) {
            String file = String.valueOf(call.file());
            String name = call.function() + " (" + file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1) + ")";
            return numbers.computeIfAbsent(name, n -> {
                names.add(n);
                return names.size() - 1;
            });
        }

        private Map<String, Double> most(Map<Integer, long[]> times) {
            Map<String, Double> most = new LinkedHashMap<>();
            times.entrySet().stream()
                    .sorted((one, other) -> Long.compare(other.getValue()[0], one.getValue()[0]))
                    .limit(MOST)
                    .forEach(entry -> most.put(names.get(entry.getKey()), StateSeconds.seconds(entry.getValue()[0])));
            return most;
        }
    }
}
