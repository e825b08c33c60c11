package io.threadlens.analysis;

import io.threadlens.model.Frame;
import org.jspecify.annotations.Nullable;

/** A function, whatever line of it is being executed. */
record Function(@Nullable String name, @Nullable String file, int firstLine) {
    static Function of(Frame frame) {
        return new Function(frame.function(), frame.file(), frame.firstLine());
    }
}
