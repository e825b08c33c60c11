package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.LibraryCode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a wait for work or for a result is called: the outermost of the standard library's calls that it consists of. {@code Queue.get} waits in
 * {@code Condition.wait}, which waits for a lock of its own.
 */
final class WaitNames {
    /** What a thread runs in, not what it waits in. */
    private static final Set<String> BOOTSTRAP = Set.of("Thread._bootstrap", "Thread._bootstrap_inner", "Thread.run", "Timer.run", "_WorkItem.run");

    private static final String EXECUTOR = "_worker";

    private WaitNames() {}

    /**
     * @param kind  of the lock that is waited for, as in docs/wire-protocol.md
     * @param calls the waiter's stack, root first
     */
    static String of(String kind, List<Frame> calls) {
        String name = null;
        for (Frame call : calls.reversed()) {
            String function = call.function();
            if (function == null || !isSynchronization(call)) {
                break;
            }
            name = function;
        }
        if (EXECUTOR.equals(name)) {
            return "executor idle";
        }
        return name != null ? withoutUnderscore(name) : ofKind(kind);
    }

    /** Whether a call is one of {@code threading}, {@code queue} or {@code concurrent.futures} that waits, or that wakes who waits. */
    static boolean isSynchronization(Frame call) {
        return call.function() != null && !BOOTSTRAP.contains(call.function()) && isModule(call.file()) && LibraryCode.is(call);
    }

    private static boolean isModule(@Nullable String file) {
        String path = file == null ? "" : file.replace('\\', '/');
        return path.endsWith("/threading.py") || path.endsWith("/queue.py") || path.contains("/concurrent/futures/");
    }

    private static String withoutUnderscore(String name) {
        return switch (name) {
            case "Barrier._wait" -> "Barrier.wait";
            case "Thread._wait_for_tstate_lock" -> "Thread.join";
            default -> name;
        };
    }

    private static String ofKind(String kind) {
        return switch (kind) {
            case "queue" -> "SimpleQueue.get";
            case "join" -> "Thread.join";
            case "native-signal" -> "native code";
            default -> "Condition.wait";
        };
    }
}
