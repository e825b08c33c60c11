package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.LibraryCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A function, whatever line of it is being executed.
 *
 * @param firstLine 1-based, 0 unknown
 */
public record Function(@Nullable String name, @Nullable String file, int firstLine) {
    /** Stands for the calls of a sample whose stack is not known; no function of a program has this name. */
    public static final Function NOT_KNOWN = new Function("(stack not known)", null, 0);

    public static Function of(Frame frame) {
        return new Function(frame.function(), frame.file(), frame.firstLine());
    }

    /** A call of it, at its first line. */
    public Frame frame() {
        return new Frame(name, file, firstLine, firstLine);
    }

    /** Whether it is the standard library's. */
    public boolean isLibrary() {
        return LibraryCode.is(frame());
    }

    /** Whether a text is part of its name or of its file's, in small letters or capitals. */
    public boolean matches(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return contains(name, wanted) || contains(file, wanted);
    }

    private static boolean contains(@Nullable String text, String wanted) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
