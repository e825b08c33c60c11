package io.threadlens.comparison;

import io.threadlens.analysis.FindingClass;
import io.threadlens.analysis.LockNames;
import io.threadlens.recording.Recording;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for each lock of a recording are lost to. Immutable. */
final class LockClasses {
    private final @Nullable LossClass[] classes;
    private final boolean[] imports;

    private LockClasses(@Nullable LossClass[] classes, boolean[] imports) {
        this.classes = classes;
        this.imports = imports;
    }

    static LockClasses of(Recording recording) {
        List<Recording.Lock> locks = recording.locks();
        @Nullable LossClass[] classes = new LossClass[locks.size()];
        for (int i = 0; i < classes.length; i++) {
            FindingClass kind = LockNames.classOf(locks.get(i).kind());
            classes[i] = kind == null ? null : LossClass.of(kind);
        }
        boolean[] imports = new boolean[classes.length];
        ImportStacks stacks = new ImportStacks(recording);
        for (Recording.Wait wait : recording.waits()) {
            int lock = wait.lock();
            if (classes[lock] == LossClass.LOCK && !imports[lock] && stacks.has(wait.stack())) {
                imports[lock] = true;
                classes[lock] = LossClass.INTERPRETER_LOCK;
            }
        }
        return new LockClasses(classes, imports);
    }

    /** By the lock's number; null where a wait for it is no contention. */
    @Nullable LossClass of(int lock) {
        return classes[lock];
    }

    /** Whether it is the lock of a module that is being imported, which Python code takes for the interpreter. */
    boolean isImport(int lock) {
        return imports[lock];
    }

    /** Remembers which stacks wait for an import: there may be millions of waits on few stacks. */
    private static final class ImportStacks {
        private static final byte ASKED = 1;
        private static final byte IMPORTS = 2;

        private final Recording recording;
        private byte[] known = new byte[256];

        ImportStacks(Recording recording) {
            this.recording = recording;
        }

        boolean has(int stack) {
            if (stack < 0) {
                return false;
            }
            if (stack >= known.length) {
                known = Arrays.copyOf(known, Math.max(stack + 1, 2 * known.length));
            }
            if (known[stack] == 0) {
                known[stack] = LockNames.isImport(recording.stack(stack)) ? IMPORTS : ASKED;
            }
            return known[stack] == IMPORTS;
        }
    }
}
