package io.threadlens.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Where the app starts, with a window or without. Exit codes: 0 done, 1 the job failed and one line says why, 2 wrong usage. */
@Command(
        name = "threadlens",
        description = "Sees what the threads of a free-threaded Python program do, wait for, and lose.",
        subcommands = {
            DemoCommand.class,
            RecordCommand.class,
            AttachCommand.class,
            OpenCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            SnapshotCommand.class,
            BenchIngestCommand.class,
            BenchViewsCommand.class,
            BenchViewCommand.class
        })
public final class Main {
    private static final String DEBUG = "--debug";

    private Main() {}

    public static void main(String[] arguments) {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean debug = takeDebug(words);
        quietLibraries(debug);
        CommandLine line = new CommandLine(new Main());
        line.getSubcommands().get("record").setStopAtPositional(true);
        line.setParameterExceptionHandler((e, unused) -> usage(e));
        line.setExecutionExceptionHandler((e, unused, unused2) -> failed(e, debug));
        return line.execute(words.toArray(String[]::new));
    }

    /** {@code --debug} may stand anywhere but behind {@code --}, where it is the recorded program's. */
    private static boolean takeDebug(List<String> words) {
        int at = words.indexOf(DEBUG);
        int program = words.indexOf("--");
        if (at < 0 || program >= 0 && program < at) {
            return false;
        }
        words.remove(at);
        return true;
    }

    private static int usage(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        System.err.println("threadlens: " + oneLine(e.getMessage()) + " (see '" + command + " --help')");
        return 2;
    }

    private static int failed(Exception e, boolean debug) {
        if (debug) {
            e.printStackTrace();
        }
        boolean expected = e instanceof IOException;
        String why = expected ? oneLine(e.getMessage()) : "a fault in Threadlens: " + oneLine(e.toString()) + " (--debug shows where)";
        System.err.println("threadlens: " + why);
        return 1;
    }

    private static String oneLine(@Nullable String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** What libraries say about themselves is for developers; our own warnings stay. */
    private static void quietLibraries(boolean debug) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(debug ? Level.FINE : Level.WARNING);
        root.addHandler(new OneLineHandler(debug));
    }
}
