package io.threadlens.session;

import io.threadlens.session.Configuration.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The interpreters to compare a program under.
 *
 * @param configurations those that can be had, in the order of their kinds
 * @param missing        those that cannot, with the reason
 * @param note           what is to be known of the choice, in a sentence; null where nothing is
 */
public record Interpreters(List<Configuration> configurations, List<Missing> missing, @Nullable String note) {
    /** The launcher tells in these which it has found. */
    private static final String FOUND_FREE_THREADED = "THREADLENS_FOUND_PYTHON";
    private static final String FOUND_GIL = "THREADLENS_FOUND_GIL_PYTHON";

    /** A configuration that is left out. */
    public record Missing(Kind kind, String reason) {}

    public Interpreters {
        configurations = List.copyOf(configurations);
        missing = List.copyOf(missing);
    }

    /** The free-threaded Python that the launcher has found; empty where it has found none. */
    public static String foundFreeThreaded() {
        return System.getenv().getOrDefault(FOUND_FREE_THREADED, "");
    }

    /** The same for the build with the GIL. */
    public static String foundGil() {
        return System.getenv().getOrDefault(FOUND_GIL, "");
    }

    /**
     * Asks the interpreters what they are. Waits. One that a person has named and that is not what it should be is an error; one that was found is left out.
     *
     * @param freeThreaded what a person has named; null: what was found
     * @param gil          the same for the build with the GIL
     */
    public static Interpreters find(@Nullable String freeThreaded, @Nullable String gil) throws IOException, InterruptedException {
        List<Configuration> configurations = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        Interpreter free = null;
        try {
            free = ask(freeThreaded != null ? freeThreaded : foundFreeThreaded(), true);
        } catch (IOException e) {
            if (freeThreaded != null) {
                throw e;
            }
            missing.add(new Missing(Kind.FREE_THREADED_GIL_ON, String.valueOf(e.getMessage())));
            missing.add(new Missing(Kind.FREE_THREADED, String.valueOf(e.getMessage())));
        }
        String note = null;
        try {
            Interpreter build = ask(gil != null ? gil : foundGil(), false);
            configurations.add(new Configuration(Kind.GIL_BUILD, List.of(build.path()), build.version()));
            note = free == null || free.minor().equals(build.minor()) ? null : "the GIL build is Python " + build.version() + ", the free-threaded one "
                    + free.version() + ": a part of what differs may come from the versions";
        } catch (IOException e) {
            if (gil != null) {
                throw e;
            }
            missing.addFirst(new Missing(Kind.GIL_BUILD, String.valueOf(e.getMessage())));
        }
        if (free != null) {
            configurations.add(new Configuration(Kind.FREE_THREADED_GIL_ON, List.of(free.path(), "-X", "gil=1"), free.version()));
            configurations.add(new Configuration(Kind.FREE_THREADED, List.of(free.path()), free.version()));
        }
        return new Interpreters(configurations, missing, note);
    }

    private static Interpreter ask(String path, boolean freeThreaded) throws IOException, InterruptedException {
        if (path.isEmpty()) {
            throw new IOException(freeThreaded
                    ? "no free-threaded Python was found: ./threadlens python gets one"
                    : "no Python with the GIL, 3.13 or newer, was found");
        }
        Interpreter found = Interpreter.ask(path);
        if (found.freeThreaded() != freeThreaded) {
            throw new IOException(path + " is Python " + found.version() + (freeThreaded ? " with the GIL, not a free-threaded build"
                    : " built free-threaded, not a build with the GIL"));
        }
        return found;
    }
}
