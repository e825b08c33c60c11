package io.threadlens.view.data;

import java.util.ArrayList;
import java.util.List;

/** A program's command line as it is shown where room is short. */
public final class CommandText {
    private CommandText() {}

    /** Without the folder of the interpreter, which would push out what the program is. */
    public static String brief(List<String> command) {
        if (command.isEmpty()) {
            return "";
        }
        List<String> words = new ArrayList<>(command);
        words.set(0, words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1));
        return String.join(" ", words);
    }
}
