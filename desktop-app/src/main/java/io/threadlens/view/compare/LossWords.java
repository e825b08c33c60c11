package io.threadlens.view.compare;

import io.threadlens.comparison.LossClass;

/** What a class of loss means, in a sentence or two. */
final class LossWords {
    private LossWords() {}

    static String meaning(LossClass kind) {
        return switch (kind) {
            case GIL -> "Threads were ready to go on and stood in line for the global interpreter lock, while a core was free.";
            case LOCK -> "Threads waited for locks that the program itself takes, while a core was free.";
            case CRITICAL_SECTION -> "Threads waited for the lock that each dict, list or other object has of its own in the free-threaded build, while a core was free.";
            case INTERPRETER_LOCK -> "Threads waited for locks of the interpreter: of types, of imports, of memory.";
            case REFCOUNT -> "Threads counted references to the same objects, and the cores took that memory from each other: the same work took longer. An upper bound.";
            case STOP_THE_WORLD -> "Threads were held still by a stop-the-world pause: the garbage collector, or something that changes all threads.";
            case RUN_DELAY -> "Threads were ready and had no core: other programs were on it, or the kernel had not woken them yet.";
            case IMBALANCE -> "Threads that do the same were done, while one of them still went on: the work was not divided evenly.";
            case SERIAL -> "There was less to do at once than there were cores: a part of the program that only one thread, or few, can do.";
            case IO -> "Threads waited for files, pipes or sockets, and no other had anything to do.";
            case IDLE -> "All threads slept, or waited for something to happen.";
            case SLOWER_CODE -> "The same work took more time on a core than in A: what the build itself costs, unless it did more work or the cores were slower.";
            case UNEXPLAINED -> "What none of the other classes explains: threads that were not seen, or work whose cost is not known.";
        };
    }
}
