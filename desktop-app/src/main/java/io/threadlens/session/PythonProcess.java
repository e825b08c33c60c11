package io.threadlens.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Python process of this machine. What could not be found out is null.
 *
 * @param refused why it cannot be recorded, or null where it can
 */
public record PythonProcess(
        int pid,
        @Nullable String python,
        @Nullable Boolean freeThreadedBuild,
        @Nullable Boolean gilEnabled,
        int threads,
        @Nullable Double cpuPercent,
        List<String> command,
        @Nullable String user,
        @Nullable String refused) {}
