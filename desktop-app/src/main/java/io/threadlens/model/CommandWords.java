package io.threadlens.model;

import java.util.List;
import java.util.Set;

/**
 * What of a command is the program, and what it was told.
 *
 * @param program the script's name without its folder, or {@code -m module}; empty where the command is not known
 */
public record CommandWords(String program, List<String> arguments) {
    /** Options of the interpreter that have a word of their own behind them. */
    private static final Set<String> WITH_WORD = Set.of("-X", "-W", "--check-hash-based-pycs");

    /** @param command the interpreter is the first word */
    public static CommandWords of(List<String> command) {
        int at = programAt(command, 1);
        boolean inOptions = at < command.size() && isModuleOrCode(command.get(at));
        if (at + (inOptions ? 1 : 0) >= command.size()) {
            return new CommandWords("", List.of());
        }
        return inOptions
                ? new CommandWords(command.get(at) + " " + command.get(at + 1), command.subList(at + 2, command.size()))
                : new CommandWords(fileName(command.get(at)), command.subList(at + 1, command.size()));
    }

    /** Where, from a word on, the options of the interpreter end: at a file, {@code -m} or {@code -c}; at the end of the words or behind it where there is none. */
    public static int programAt(List<String> words, int from) {
        int at = from;
        while (at < words.size() && words.get(at).startsWith("-") && !isModuleOrCode(words.get(at))) {
            at += WITH_WORD.contains(words.get(at)) ? 2 : 1;
        }
        return at;
    }

    /** Whether the program is what the next word says. */
    public static boolean isModuleOrCode(String word) {
        return word.equals("-m") || word.equals("-c");
    }

    /** A name for people and for files: {@code "app"} for {@code app.py}, the module's, {@code "python"} for code and where there is none. */
    public String shortName() {
        String name = program.startsWith("-m ") ? program.substring(3) : program.startsWith("-c ") ? "" : program;
        return name.isEmpty() ? "python" : name.endsWith(".py") ? name.substring(0, name.length() - 3) : name;
    }

    private static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
