package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.LibraryCode;
import io.threadlens.recording.Recording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stacks of a recording with what is asked of them again and again. For one thread. */
final class Stacks {
    private final Recording recording;
    private final Map<Integer, List<Frame>> calls = new HashMap<>();

    Stacks(Recording recording) {
        this.recording = recording;
    }

    /** Root first; empty for −1. */
    List<Frame> calls(int stack) {
        return calls.computeIfAbsent(stack, recording::stack);
    }

    /** The innermost call that is not the standard library's, or the innermost; null for −1. */
    @Nullable Frame place(int stack) {
        return LibraryCode.place(calls(stack));
    }

    /** Whether a function is on a stack, at whatever line. */
    boolean contains(int stack, Function function) {
        return calls(stack).stream().anyMatch(call -> Function.of(call).equals(function));
    }
}
