package io.threadlens.view.detail;

import io.threadlens.model.Frame;
import org.jspecify.annotations.Nullable;

/** How a call is written. */
public final class Calls {
    private Calls() {}

    public static String function(Frame frame) {
        return frame.function() == null ? "?" : frame.function();
    }

    /** The last part of the path, and the line. */
    public static String place(@Nullable String file, int line) {
        if (file == null) {
            return "";
        }
        String name = file.substring(file.lastIndexOf('/') + 1);
        return line > 0 ? name + ":" + line : name;
    }

    public static String text(Frame frame) {
        return function(frame) + "  " + place(frame.file(), frame.line());
    }
}
