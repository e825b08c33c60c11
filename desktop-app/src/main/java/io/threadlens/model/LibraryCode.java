package io.threadlens.model;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the standard library's code from the program's own, and from packages': where a person would look first. */
public final class LibraryCode {
    private static final Pattern LIBRARY =
            Pattern.compile("<frozen .*>|.*[/\\\\]([Ll]ib[/\\\\]python3\\.\\d+t?|Lib)[/\\\\](?!(site|dist)-packages[/\\\\]).*");

    private LibraryCode() {}

    public static boolean is(Frame frame) {
        return frame.file() != null && LIBRARY.matcher(frame.file()).matches();
    }

    /** The innermost call that is not the standard library's, or the innermost; null where there is no call. */
    public static @Nullable Frame place(List<Frame> calls) {
        for (Frame call : calls.reversed()) {
            if (!is(call)) {
                return call;
            }
        }
        return calls.isEmpty() ? null : calls.getLast();
    }
}
