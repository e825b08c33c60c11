package io.threadlens.comparison;

import io.threadlens.model.Frame;
import io.threadlens.model.LibraryCode;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.StateTimes;
import io.threadlens.timeline.ThreadRoles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What another recording of the same program would have too, and when this one has it. Found with so many looks and no more, however long the recording is. For
 * one thread.
 */
final class Landmarks {
    /** Looks at the main thread at most, all over the recording. */
    private static final int MOST_LOOKS = 4096;
    /** A phase is seen at as many looks in a row, which of two lines that take turns in a loop is hardly ever seen. */
    private static final int LEAST_LOOKS = 12;
    /** Looks are not evenly apart: a loop that takes as long as from one to the next would look like one that hardly moves. */
    private static final double UNEVEN = (Math.sqrt(5) - 1) / 2;
    /** Phases, starts and ends of threads, and marks, of each so many. */
    private static final int MOST = 300;
    /** What a thread is for is found out of so many. */
    private static final int MOST_THREADS = 1024;
    /** Threads that are started, or end, within so small a part of the recording do so together. */
    private static final double TOGETHER = 0.0025;
    /** Calls that tell a phase: where the module is, and where the function is that it called. */
    private static final int DEPTH = 2;

    /** Something that happens in the program. */
    enum Kind {
        PHASE,
        THREAD,
        MARK
    }

    /**
     * Something that happened at a moment.
     *
     * @param what the same in both recordings where it is the same
     */
    record Landmark(long ns, Kind kind, String what) {}

    private final Recording recording;
    private final StateTimes times;
    private final TimeRange range;
    private final int ticks;
    private final int looks;
    private final Map<Integer, String> phaseOf = new HashMap<>();

    private Landmarks(StateTimes times) {
        this.recording = times.recording();
        this.times = times;
        this.range = times.range();
        this.ticks = times.tickCount();
        this.looks = Math.min(MOST_LOOKS, ticks);
    }

    /** In order of time. */
    static List<Landmark> of(StateTimes times) {
        Landmarks found = new Landmarks(times);
        List<Landmark> all = new ArrayList<>();
        all.addAll(found.phases());
        all.addAll(found.threads());
        all.addAll(found.marks());
        all.sort(Comparator.comparingLong(Landmark::ns));
        return all;
    }

    // ---- the main thread

    /** A phase that was seen from one look on, up to another. */
    private record Seen(String what, int first, int end) {}

    private List<Landmark> phases() {
        if (range.lengthNs() == 0 || times.threads().isEmpty()) {
            return List.of();
        }
        int main = main();
        List<Landmark> phases = new ArrayList<>();
        String before = "";
        for (Seen seen : seen(main)) {
            if (!seen.what().equals(before) && phases.size() < MOST) {
                phases.add(new Landmark(beginning(main, seen), Kind.PHASE, seen.what()));
            }
            before = seen.what();
        }
        return phases;
    }

    private int main() {
        int pid = recording.info().process().pid();
        int named = 0;
        for (ThreadInfo thread : times.threads()) {
            if (thread.tid() == pid) {
                return thread.number();
            }
            named = "MainThread".equals(thread.name()) ? thread.number() : named;
        }
        return named;
    }

    /** What the looks found, without what is too short to be a phase and without moments at which nothing is known. */
    private List<Seen> seen(int thread) {
        List<Seen> phases = new ArrayList<>();
        String now = "";
        int first = 0;
        for (int look = 0; look <= looks; look++) {
            String phase = look < looks ? phaseAt(thread, tickOf(look)) : "";
            if (!phase.equals(now)) {
                if (!now.isEmpty() && look - first >= LEAST_LOOKS) {
                    phases.add(new Seen(now, first, look));
                }
                now = phase;
                first = look;
            }
        }
        return phases;
    }

    /** Between the look that saw the phase first and the one before, to the tick. */
    private long beginning(int thread, Seen seen) {
        if (seen.first() == 0) {
            return range.startNs();
        }
        int low = tickOf(seen.first() - 1);
        int high = tickOf(seen.first());
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (phaseAt(thread, middle).equals(seen.what())) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return recording.tickTime(high);
    }

    private int tickOf(int look) {
        return (int) ((look + look * UNEVEN % 1) * ticks / looks);
    }

    private String phaseAt(int thread, int tick) {
        return phaseOf.computeIfAbsent(times.stackAt(thread, tick), this::phase);
    }

    /** The outermost calls of the program's own, with their lines; empty where there is none. */
    private String phase(int stack) {
        StringBuilder phase = new StringBuilder();
        int depth = 0;
        for (Frame call : recording.stack(stack)) {
            if (depth == DEPTH) {
                break;
            }
            if (call.function() != null && call.file() != null && !LibraryCode.is(call)) {
                // Counted from the function on: what was written above it does not matter.
                phase.append(call.function()).append(' ').append(fileName(call.file())).append(' ').append(call.line() - call.firstLine()).append('\n');
                depth++;
            }
        }
        return phase.toString();
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    // ---- other threads

    /** Starts are counted from the first thread of a role on, ends from the last one back: one may have more threads than the other. */
    private List<Landmark> threads() {
        ThreadRoles roles = new ThreadRoles(times);
        Map<String, List<ThreadInfo>> byRole = new HashMap<>();
        for (ThreadInfo thread : times.threads().subList(0, Math.min(MOST_THREADS, times.threads().size()))) {
            byRole.computeIfAbsent(roles.of(thread.number()), role -> new ArrayList<>()).add(thread);
        }
        byRole.remove(ThreadRoles.UNKNOWN);
        List<Landmark> found = new ArrayList<>();
        byRole.forEach((role, threads) -> {
            long[] starts = threads.stream().mapToLong(ThreadInfo::startNs).sorted().toArray();
            // One that still lives ends after all others.
            long[] ends = threads.stream().mapToLong(thread -> thread.endNs() < 0 ? Long.MAX_VALUE : thread.endNs()).sorted().toArray();
            long together = Math.round(range.lengthNs() * TOGETHER);
            for (int i = 0; i < starts.length; i++) {
                if (range.contains(starts[i]) && (i == 0 || starts[i] - starts[i - 1] > together)) {
                    found.add(new Landmark(starts[i], Kind.THREAD, "start " + i + " of " + role));
                }
                if (range.contains(ends[i]) && (i + 1 == ends.length || ends[i + 1] - ends[i] > together)) {
                    found.add(new Landmark(ends[i], Kind.THREAD, "end " + (ends.length - i) + " of " + role));
                }
            }
        });
        found.sort(Comparator.comparingLong(Landmark::ns));
        return found.subList(0, Math.min(MOST, found.size()));
    }

    private List<Landmark> marks() {
        List<Landmark> found = new ArrayList<>();
        for (Recording.Mark mark : recording.marks()) {
            if (mark.text() != null && !mark.text().isEmpty() && range.contains(mark.time()) && found.size() < MOST) {
                found.add(new Landmark(mark.time(), Kind.MARK, mark.text()));
                if (mark.isSpan() && range.contains(mark.end())) {
                    found.add(new Landmark(mark.end(), Kind.MARK, "end of " + mark.text()));
                }
            }
        }
        return found;
    }
}
