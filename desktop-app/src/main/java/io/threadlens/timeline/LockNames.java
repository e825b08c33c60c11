package io.threadlens.timeline;

import io.threadlens.recording.Recording;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What locks are called on the screen, and which waits for them are time lost. */
public final class LockNames {
    /** Kinds that threads wait for because there is no work; a wait for any other is contention. */
    private static final Set<String> SIGNALS = Set.of("condition", "queue", "join", "native-signal");

    private LockNames() {}

    /** The name that a person knows, else what it is. */
    public static String of(List<Recording.Lock> locks, int lock) {
        String known = known(locks, lock);
        return known != null ? known : lock < locks.size() ? locks.get(lock).kind() : "lock " + lock;
    }

    /** Its label, else its type; null where neither is known. */
    static @Nullable String known(List<Recording.Lock> locks, int lock) {
        if (lock >= locks.size()) {
            return null;
        }
        return locks.get(lock).label() != null ? locks.get(lock).label() : locks.get(lock).type();
    }

    public static boolean isContention(List<Recording.Lock> locks, int lock) {
        return lock < locks.size() && !SIGNALS.contains(locks.get(lock).kind());
    }
}
