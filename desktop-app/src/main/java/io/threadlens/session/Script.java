package io.threadlens.session;

import io.threadlens.model.CommandWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an interpreter is told to run.
 *
 * @param words options of the interpreter where there are any, then a file, {@code -m MODULE} or {@code -c CODE}, and its arguments
 */
public record Script(List<String> words) {
    private static final String THREADS = "{threads}";
    private static final Pattern INTERPRETER = Pattern.compile("(.*/)?(python|pypy)[0-9.]*t?");

    public Script {
        words = List.copyOf(words);
    }

    /** What is wrong with the words themselves, and what to do, in one line; null where nothing is. */
    public @Nullable String misuse() {
        int at = program();
        if (at >= words.size() || at == words.size() - 1 && CommandWords.isModuleOrCode(words.get(at))) {
            return "say what to run: a script, -m MODULE or -c CODE, and its arguments";
        }
        if (INTERPRETER.matcher(words.get(at)).matches()) {
            return "leave " + words.get(at) + " out: give the script alone; interpreters are chosen apart from it, on the command line with --python and --gil-python";
        }
        if (words.subList(0, at).stream().anyMatch(word -> word.startsWith("gil=") || word.startsWith("-Xgil="))) {
            return "leave -X gil out: the GIL is what is compared";
        }
        return null;
    }

    /** Refuses a file that is not there. */
    public void check() throws IOException {
        String program = words.get(program());
        if (!CommandWords.isModuleOrCode(program) && !Files.exists(Path.of(program))) {
            throw new IOException("there is no script " + program);
        }
    }

    /** For people and for names of files: {@code "app"}. */
    public String shortName() {
        List<String> command = new ArrayList<>(List.of("python"));
        command.addAll(words);
        return CommandWords.of(command).shortName();
    }

    /** The words for so many threads, of which {@code {threads}} in them tells the program; null: as they are. */
    List<String> withThreads(@Nullable Integer threads) {
        return threads == null ? words : words.stream().map(word -> word.replace(THREADS, threads.toString())).toList();
    }

    /** Where the options of the interpreter end. */
    private int program() {
        return CommandWords.programAt(words, 0);
    }
}
