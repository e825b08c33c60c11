package io.threadlens.session;

import io.threadlens.session.PairPlan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a plan: recordings and failures, in a folder.
 *
 * @param runs in the order in which they were recorded; fewer than the plan's where somebody stopped it
 */
public record RunSet(Path folder, PairPlan plan, List<Run> runs) {
    /**
     * One run.
     *
     * @param recording the file; null where there is none
     * @param log       what the program wrote to stdout and stderr; null where it wrote nothing
     */
    public record Run(Step step, RunOutcome outcome, @Nullable Path recording, @Nullable Path log) {
        /** Whether its recording may be compared with others. */
        public boolean comparable() {
            return recording != null && outcome.kind().comparable();
        }
    }

    /** The runs that differ in nothing but the round. {@code threads} is null where the program was left to its own. */
    public record Group(Configuration configuration, @Nullable Integer threads, List<Run> runs) {
        /** Those that may be compared. */
        public List<Path> recordings() {
            List<Path> files = new ArrayList<>();
            for (Run run : runs) {
                if (run.comparable() && run.recording() != null) {
                    files.add(run.recording());
                }
            }
            return files;
        }

        private String folder() {
            return runs.getFirst().step().folder();
        }

        /** The runs that failed, each with its reason. */
        public List<Run> failures() {
            return runs.stream().filter(run -> run.outcome().kind() == RunOutcome.Kind.FAILED).toList();
        }
    }

    public RunSet {
        runs = List.copyOf(runs);
    }

    /** Whether a folder is a set, and not something else. */
    public static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(RunSetFile.NAME));
    }

    /** Reads a set again. Throws with a sentence where the folder is none, or is damaged. */
    public static RunSet read(Path folder) throws IOException {
        return RunSetFile.read(folder);
    }

    /** Where a folder is one of a set's: the runs in it; null where it is none. */
    static @Nullable Group groupIn(Path folder) throws IOException {
        Path there = folder.toAbsolutePath().normalize();
        Path set = there.getParent();
        if (set == null || !is(set)) {
            return null;
        }
        return read(set).groups().stream().filter(group -> set.resolve(group.folder()).equals(there)).findFirst().orElse(null);
    }

    /** By thread count and then by kind of configuration; one that was not recorded yet is left out. */
    public List<Group> groups() {
        Map<String, List<Run>> byFolder = new LinkedHashMap<>();
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingInt((Run run) -> run.step().threads() == null ? 0 : run.step().threads())
                .thenComparing(run -> run.step().configuration().kind())
                .thenComparing(run -> run.step().round()));
        sorted.forEach(run -> byFolder.computeIfAbsent(run.step().folder(), unused -> new ArrayList<>()).add(run));
        return byFolder.values().stream()
                .map(group -> new Group(group.getFirst().step().configuration(), group.getFirst().step().threads(), List.copyOf(group)))
                .toList();
    }

    /** Where the recording of a run is kept. */
    static Path recording(Path folder, Step step) {
        return folder.resolve(step.folder()).resolve(step.round() + ".threadlens");
    }

    /** Where the output of a run is kept. */
    static Path log(Path folder, Step step) {
        return folder.resolve(step.folder()).resolve(step.round() + ".log");
    }

    /** A run as it is found on disk. */
    static Run found(Path folder, Step step, RunOutcome outcome) {
        Path recording = recording(folder, step);
        Path log = log(folder, step);
        boolean there = Files.exists(recording);
        RunOutcome told = there || !outcome.kind().comparable() ? outcome
                : new RunOutcome(RunOutcome.Kind.FAILED, "its recording is not there any more");
        return new Run(step, told, there ? recording : null, Files.exists(log) ? log : null);
    }
}
