package io.threadlens.comparison;

import java.util.List;
import java.util.Set;

/**
 * What of a command is the program, and what it was told.
 *
 * @param program the script's name without its folder, or {@code -m module}; empty where the command is not known
 */
record CommandWords(String program, List<String> arguments) {
    /** Options of the interpreter that have a word of their own behind them. */
    private static final Set<String> WITH_WORD = Set.of("-X", "-W", "--check-hash-based-pycs");

    static CommandWords of(List<String> command) {
        for (int i = 1; i < command.size(); i++) {
            String word = command.get(i);
            if (WITH_WORD.contains(word)) {
                i++;
            } else if ((word.equals("-m") || word.equals("-c")) && i + 1 < command.size()) {
                return new CommandWords(word + " " + command.get(i + 1), command.subList(i + 2, command.size()));
            } else if (!word.startsWith("-")) {
                String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
                return new CommandWords(name, command.subList(i + 1, command.size()));
            }
        }
        return new CommandWords("", List.of());
    }
}
