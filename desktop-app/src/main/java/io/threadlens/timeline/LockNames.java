package io.threadlens.timeline;

import io.threadlens.recording.Recording;
import java.util.List;
import java.util.Set;

/** What locks are called on the screen, and which waits for them are time lost. */
public final class LockNames {
    /** Kinds that threads wait for because there is no work; a wait for any other is contention. */
    private static final Set<String> SIGNALS = Set.of("condition", "queue", "join", "native-signal");

    private LockNames() {}

    /** The name that a person knows, else what it is. */
    public static String of(List<Recording.Lock> locks, int lock) {
        if (lock >= locks.size()) {
            return "lock #" + lock;
        }
        Recording.Lock known = locks.get(lock);
        if (known.label() != null) {
            return known.label();
        }
        return switch (known.kind()) {
            case "gil" -> "the GIL";
            case "pause" -> "the end of a pause";
            case "pause-request" -> "the other threads to stop";
            default -> (known.type() == null ? known.kind() : known.type()) + " #" + known.number();
        };
    }

    public static boolean isContention(List<Recording.Lock> locks, int lock) {
        return lock < locks.size() && !SIGNALS.contains(locks.get(lock).kind());
    }
}
