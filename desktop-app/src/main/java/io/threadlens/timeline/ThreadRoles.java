package io.threadlens.timeline;

import io.threadlens.model.Frame;
import io.threadlens.model.LibraryCode;
import io.threadlens.recording.Recording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What threads are for: the outermost function of the program's own on their stacks. For one thread. */
public final class ThreadRoles {
    public static final String UNKNOWN = "unknown role";
    /** Where none of so many runs has a call of the program's own, a later one hardly has. */
    private static final int MOST_RUNS = 200;

    private final StateTimes times;
    private final Map<Integer, String> own = new HashMap<>();

    public ThreadRoles(StateTimes times) {
        this.times = times;
    }

    /** The function's name with its file; of a thread that was seen only in the library, the outermost function of that which is not for starting threads. */
    public String of(int thread) {
        ThreadRows rows = times.rows(thread);
        String fallback = UNKNOWN;
        for (int seen = 0; seen < MOST_RUNS && rows.next(); seen++) {
            int stack = rows.stack();
            String role = own.computeIfAbsent(stack, this::ownOf);
            if (!role.isEmpty()) {
                return role;
            }
            if (fallback.equals(UNKNOWN)) {
                fallback = libraryOf(times.recording().stack(stack));
            }
        }
        return fallback;
    }

    private String ownOf(int stack) {
        Recording recording = times.recording();
        for (Frame call : recording.stack(stack)) {
            if (call.function() != null && call.file() != null && !LibraryCode.is(call)) {
                return text(call);
            }
        }
        return "";
    }

    private static String libraryOf(List<Frame> calls) {
        for (Frame call : calls) {
            if (call.function() != null && call.file() != null && !call.file().endsWith("threading.py")) {
                return text(call);
            }
        }
        return UNKNOWN;
    }

    private static String text(Frame call) {
        return call.function() + " (" + call.file().substring(call.file().lastIndexOf('/') + 1) + ")";
    }
}
