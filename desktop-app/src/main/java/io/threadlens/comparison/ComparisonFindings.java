package io.threadlens.comparison;

import io.threadlens.analysis.Advice;
import io.threadlens.analysis.Confidence;
import io.threadlens.analysis.Finding;
import io.threadlens.analysis.FindingClass;
import io.threadlens.analysis.FoughtOver;
import io.threadlens.analysis.Say;
import io.threadlens.model.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What was reached, and what b loses most to: how much, what it would bring if it were gone, where, and what a person can do. */
final class ComparisonFindings {
    /** Share of the time of the cores that a side could have used. */
    private static final double WEIGHT = 0.03;
    /** An upper bound: not all of a line's time goes into counting. */
    private static final double REFCOUNT_CERTAINTY = 0.8;
    /** The same work is taken to have been done on both sides. */
    private static final double WORK_CERTAINTY = 0.8;
    /** What is left over is known by nothing but that. */
    private static final double LEFT_CERTAINTY = 0.5;

    /** Share of the growth of all functions that grew. */
    private static final double GROWTH = 0.1;

    private static final int MOST_PLACES = 3;

    private final Comparison comparison;
    private final Side a;
    private final Side b;
    private final Decomposition parts;

    ComparisonFindings(Comparison comparison) {
        this.comparison = comparison;
        a = comparison.a();
        b = comparison.b();
        parts = comparison.decomposition();
    }

    /** What was reached comes first, then what weighs most. */
    List<Finding> findings() {
        Estimate speedup = comparison.speedup();
        if (speedup == null || !(parts.work() > 0)) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(reached(speedup));
        parts.parts().stream()
                .filter(part -> weighsInB(part))
                .map(this::finding)
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Comparator.comparingDouble(Finding::costSeconds).reversed()))
                .forEach(findings::add);
        if (findings.size() == 1) {
            findings.add(nothingOfWeight());
        }
        return List.copyOf(findings);
    }

    private boolean weighsInA(Decomposition.Part part) {
        return part.a() >= WEIGHT * parts.coresA() * parts.wallA();
    }

    private boolean weighsInB(Decomposition.Part part) {
        return part.b() >= WEIGHT * capacity();
    }

    private double capacity() {
        return parts.cores() * parts.wallB();
    }

    private Finding reached(Estimate reached) {
        List<String> evidence = new ArrayList<>();
        evidence.add("A took %s with %.2f busy cores on average, B %s with %.2f."
                .formatted(Say.seconds(parts.wallA()), a.mean(Run::meanBusyCores), Say.seconds(parts.wallB()), b.mean(Run::meanBusyCores)));
        evidence.add("At best, all of the work that A did would have kept %s busy for %s."
                .formatted(Say.count(parts.cores(), "core"), Say.seconds(parts.idealWall())));
        Estimate predicted = comparison.predicted();
        if (predicted != null) {
            evidence.add("From A alone, at most %s times as fast was to be expected.".formatted(times(predicted.value())));
        }
        gone(part -> weighsInA(part) && !weighsInB(part), "A lost time to what B does not, or hardly: ", evidence);
        gone(part -> weighsInB(part) && !weighsInA(part) && part.kind() != LossClass.SLOWER_CODE, "New in B: ", evidence);
        String interval = reached.hasInterval() ? " (%s to %s)".formatted(times(reached.low()), times(reached.high())) : "";
        return new Finding(
                FindingClass.SPEEDUP,
                Finding.Severity.LOW,
                "%s times as fast%s; %s at best".formatted(times(reached.value()), interval, times(parts.idealSpeedup())),
                String.join(" ", evidence),
                List.of(),
                0,
                confidence(parts.work()),
                reached.value() < 1 && Boolean.TRUE.equals(comparison.figures().wall().significant())
                        ? "B is slower than A. What it loses its time to follows, the greatest loss first."
                        : "What keeps it from its best follows, the greatest loss first.",
                List.of());
    }

    private void gone(Predicate<Decomposition.Part> which, String words, List<String> evidence) {
        List<String> names = parts.parts().stream().filter(which).map(part -> part.kind().words()).toList();
        if (!names.isEmpty()) {
            evidence.add(words + Say.list(names) + ".");
        }
    }

    private Finding nothingOfWeight() {
        return new Finding(
                FindingClass.NONE,
                Finding.Severity.LOW,
                "Nothing of weight keeps B from its best",
                "Of the time of its %s nothing takes %s or more.".formatted(Say.count(parts.cores(), "core"), Say.percent(WEIGHT)),
                List.of(),
                0,
                confidence(parts.work()),
                "Nothing to fix here. To use more cores, give the program more to do at the same time.",
                List.of());
    }

    private Finding finding(Decomposition.Part part) {
        double share = part.b() / capacity();
        List<Frame> where = where(part.kind());
        return new Finding(
                findingClass(part.kind()),
                Finding.Severity.ofShare(share),
                "%s: %s of the cores' time".formatted(title(part.kind()), Say.percent(share)),
                evidence(part) + place(part.kind(), where),
                where,
                part.b(),
                certainty(part.kind()) * confidence(part.b()),
                advice(part.kind()),
                List.of());
    }

    private String evidence(Decomposition.Part part) {
        double without = parts.wallB() - part.b() / parts.cores();
        String gain = without > parts.idealWall() / 2
                ? " Without it B would take %s, and be %s times as fast as A.".formatted(Say.seconds(without), times(parts.wallA() / without))
                : "";
        String inA = weighsInA(part) ? ", A %s".formatted(Say.seconds(part.a())) : part.a() > 0 ? ", A only %s".formatted(Say.seconds(part.a())) : "";
        return "B lost %s of its %s × %s to it%s.%s"
                .formatted(Say.seconds(part.b()), Say.count(parts.cores(), "core"), Say.seconds(parts.wallB()), inA, gain);
    }

    private static String title(LossClass kind) {
        return switch (kind) {
            case GIL -> "Threads queue for the GIL";
            case LOCK -> "Threads wait for locks";
            case CRITICAL_SECTION -> "Threads wait for objects that they share";
            case INTERPRETER_LOCK -> "Threads wait for locks of the interpreter";
            case REFCOUNT -> "Reference counts are fought over";
            case STOP_THE_WORLD -> "Pauses hold all threads still";
            case RUN_DELAY -> "Threads are ready, and have no core";
            case IMBALANCE -> "Uneven work: some threads are done before others of their kind";
            case SERIAL -> "Too little to do at once";
            case IO -> "Threads wait for files and sockets";
            case IDLE -> "Nobody has anything to do";
            case SLOWER_CODE -> "The same work takes more time on a core";
            case UNEXPLAINED -> "Unexplained";
        };
    }

    private static FindingClass findingClass(LossClass kind) {
        return switch (kind) {
            case GIL -> FindingClass.GIL;
            case LOCK -> FindingClass.LOCK;
            case CRITICAL_SECTION -> FindingClass.CRITICAL_SECTION;
            case INTERPRETER_LOCK -> FindingClass.INTERPRETER_LOCK;
            case REFCOUNT -> FindingClass.REFCOUNT;
            case STOP_THE_WORLD -> FindingClass.STOP_THE_WORLD;
            case RUN_DELAY -> FindingClass.OVERSUBSCRIBED;
            case IMBALANCE -> FindingClass.IMBALANCE;
            case SERIAL -> FindingClass.SERIAL;
            case IO -> FindingClass.IO;
            case IDLE -> FindingClass.IDLE;
            case SLOWER_CODE -> FindingClass.SLOWER_CODE;
            case UNEXPLAINED -> FindingClass.UNEXPLAINED;
        };
    }

    /** The lines that it is about, as far as they are known. */
    private List<Frame> where(LossClass kind) {
        Set<Frame> places = new LinkedHashSet<>();
        switch (kind) {
            case GIL, LOCK, CRITICAL_SECTION, INTERPRETER_LOCK, STOP_THE_WORLD -> locksOf(kind).stream().limit(MOST_PLACES).forEach(lock -> {
                add(places, lock.place());
                add(places, lock.holder());
            });
            case REFCOUNT -> fought().stream().limit(MOST_PLACES).forEach(object -> object.places().stream().limit(MOST_PLACES).forEach(places::add));
            case SLOWER_CODE -> slower().forEach(function -> places.add(frame(function)));
            default -> {}
        }
        return new ArrayList<>(places);
    }

    private static void add(Set<Frame> places, @Nullable Frame place) {
        if (place != null) {
            places.add(place);
        }
    }

    private static Frame frame(FunctionChange function) {
        int line = function.line() == null ? 0 : function.line();
        return new Frame(function.function(), function.file(), line, line);
    }

    private List<LockChange> locksOf(LossClass kind) {
        return comparison.locks().stream()
                .filter(lock -> lock.kind() == kind && lock.waited().b() > 0)
                .sorted(Comparator.comparingDouble((LockChange lock) -> lock.waited().b()).reversed())
                .toList();
    }

    /** Of all runs of b, most time first. */
    private List<FoughtOver> fought() {
        return b.runs().stream().flatMap(run -> run.fought().stream()).sorted(Comparator.comparingDouble(FoughtOver::seconds).reversed()).toList();
    }

    /** Functions whose own time on a core grew most, and by a part of all growth that counts. */
    private List<FunctionChange> slower() {
        double grown = comparison.functions().stream().mapToDouble(function -> Math.max(0, function.onCoreBy())).sum();
        return comparison.functions().stream()
                .filter(function -> function.onCoreBy() > 0 && function.onCoreBy() >= GROWTH * grown)
                .sorted(Comparator.comparingDouble((FunctionChange function) -> function.onCoreBy()).reversed())
                .limit(MOST_PLACES)
                .toList();
    }

    /** What is known beside the lines. */
    private String place(LossClass kind, List<Frame> where) {
        return switch (kind) {
            case GIL, LOCK, CRITICAL_SECTION, INTERPRETER_LOCK -> {
                List<LockChange> of = locksOf(kind);
                yield of.isEmpty() ? "" : ofLock(of.getFirst(), of.stream().mapToDouble(lock -> lock.waited().b()).sum());
            }
            case REFCOUNT -> {
                List<FoughtOver> fought = fought();
                yield fought.isEmpty() ? "" : " It is an estimate, and an upper bound: of %s in %s."
                        .formatted(fought.getFirst().type(), Say.place(where.isEmpty() ? null : where.getFirst()));
            }
            case SLOWER_CODE -> {
                List<FunctionChange> slower = slower();
                yield slower.isEmpty() ? "" : " The time on a core grew most in %s, from %s to %s."
                        .formatted(
                                Say.place(frame(slower.getFirst())),
                                Say.seconds(slower.getFirst().onCoreA()),
                                Say.seconds(slower.getFirst().onCoreB()));
            }
            default -> "";
        };
    }

    private static String ofLock(LockChange lock, double all) {
        return " %s of the waiting was for %s in %s%s."
                .formatted(
                        Say.percent(lock.waited().b() / all),
                        lock.name(),
                        Say.place(lock.place()),
                        lock.holder() == null ? "" : ", while " + Say.place(lock.holder()) + " held it");
    }

    private static double certainty(LossClass kind) {
        return switch (kind) {
            case REFCOUNT -> REFCOUNT_CERTAINTY;
            case SLOWER_CODE -> WORK_CERTAINTY;
            case UNEXPLAINED -> LEFT_CERTAINTY;
            default -> 1;
        };
    }

    private double confidence(double seconds) {
        return Confidence.ofTicks(Math.round(Math.max(0, seconds) * b.first().info().rateHz()));
    }

    private String advice(LossClass kind) {
        return switch (kind) {
            case GIL -> b.process().freeThreadedBuild()
                    ? Advice.GIL_IS_ON
                    : Advice.GIL_BUILD;
            case LOCK -> "Hold the lock for less, or divide what it guards so that each part has a lock of its own.";
            case CRITICAL_SECTION -> "Give each thread an object of its own and join them at the end, or change the shared one once for many items.";
            case INTERPRETER_LOCK -> "Do what takes this lock less often, or before the threads start: making classes, changing class attributes, importing.";
            case REFCOUNT -> Advice.REFCOUNT;
            case STOP_THE_WORLD -> "Collect garbage less often, and do not do in a loop what stops the world. The report of B says who asked for the pauses.";
            case RUN_DELAY -> "Use as many threads as there are cores, and let other programs wait: they had the cores, or the kernel was slow to wake a thread.";
            case IMBALANCE -> Advice.IMBALANCE;
            case SERIAL -> "Give the program more to do at the same time: what one thread does alone bounds what more cores can bring.";
            case IO -> "Read and write in more threads, or beside the work.";
            case IDLE -> "Nobody wanted a core then. If the program waits for a clock or for requests, that is no loss.";
            case SLOWER_CODE -> "The free-threaded build takes more time for the same Python code. Look at the functions named, and at what they share with other threads.";
            case UNEXPLAINED -> "It was not seen, or the same work took longer where threads did it beside each other: for objects that they share, or cores that do. Where ticks were missed, "
                    + "record it again on a machine that is less busy.";
        };
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, ratio >= 9.95 ? "%.1f" : "%.2f", ratio);
    }
}
