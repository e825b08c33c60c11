package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.recording.Recording.Lock;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the kinds of locks of docs/wire-protocol.md mean to a person: a class, and a name. */
public final class LockNames {
    public static final String IMPORT_LOCK = "import lock";

    private static final Pattern ADDRESS = Pattern.compile(".* at 0x[0-9a-f]+|.* #\\d+");
    private static final Pattern INDEX = Pattern.compile("\\[[^\\]]*]");

    private LockNames() {}

    /** The class of a wait for it; null where that is no contention. */
    public static @Nullable FindingClass classOf(String kind) {
        return switch (kind) {
            case "lock", "rlock", "semaphore", "native-lock" -> FindingClass.LOCK;
            case "critical-section" -> FindingClass.CRITICAL_SECTION;
            case "interpreter-lock", "internal-lock" -> FindingClass.INTERPRETER_LOCK;
            case "gil" -> FindingClass.GIL;
            case "pause", "pause-request" -> FindingClass.STOP_THE_WORLD;
            default -> null;
        };
    }

    /** Whether user code takes it by {@code acquire()}, so that whoever stops waiting for it has it. */
    static boolean isAcquired(String kind) {
        return kind.equals("lock") || kind.equals("rlock") || kind.equals("semaphore");
    }

    /** Label and type: {@code registry_lock (threading.Lock)}. */
    static String described(Lock lock) {
        String label = lock.name();
        return lock.type() == null || label.contains(lock.type()) ? label : label + " (" + lock.type() + ")";
    }

    /** Whether a label is a name, not just a type and an address. */
    public static boolean isName(String label) {
        return !ADDRESS.matcher(label).matches();
    }

    /** The label without the index that tells it from others made at the same place: {@code LOCKS[3]} is one of {@code LOCKS[…]}. */
    public static String withoutIndex(String label) {
        return INDEX.matcher(label).replaceAll("[…]");
    }

    /** Whether a stack waits for the lock of a module that another thread imports. */
    public static boolean isImport(List<Frame> calls) {
        if (calls.isEmpty()) {
            return false;
        }
        Frame leaf = calls.getLast();
        return "_ModuleLock.acquire".equals(leaf.function()) && leaf.file() != null && leaf.file().contains("importlib._bootstrap");
    }
}
