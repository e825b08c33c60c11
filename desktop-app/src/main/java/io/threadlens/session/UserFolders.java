package io.threadlens.session;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Where the app keeps what is the person's, by the XDG base directory specification. */
public final class UserFolders {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private UserFolders() {}

    public static Path config() {
        return folder("XDG_CONFIG_HOME", ".config");
    }

    /** A new name, in the folder of recordings that nobody has named a file for. */
    public static Path newRecording(Target target) {
        return newRecording(target.shortName());
    }

    /** The same for a recording of something with a short name. */
    public static Path newRecording(String shortName) {
        return folder("XDG_DATA_HOME", ".local/share").resolve("recordings").resolve(newName(shortName));
    }

    /** A name for a recording that begins now: {@code app-20260131-174501.threadlens}. */
    public static String newName(Target target) {
        return newName(target.shortName());
    }

    /** A name for the folder of a set that is recorded now: {@code app-compare-20260131-174501}. */
    public static String newSetName(Script script) {
        return script.shortName() + "-compare-" + LocalDateTime.now().format(STAMP);
    }

    /** The same, in the folder of recordings that nobody has named a place for. */
    public static Path newSet(Script script) {
        return folder("XDG_DATA_HOME", ".local/share").resolve("recordings").resolve(newSetName(script));
    }

    private static String newName(String shortName) {
        return shortName + "-" + LocalDateTime.now().format(STAMP) + ".threadlens";
    }

    private static Path folder(String variable, String fallback) {
        String set = System.getenv(variable);
        Path base = set != null && set.startsWith("/") ? Path.of(set) : Path.of(System.getProperty("user.home"), fallback);
        return base.resolve("threadlens");
    }
}
