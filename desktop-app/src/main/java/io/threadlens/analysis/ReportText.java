package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import io.threadlens.model.ThreadState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report for a person with a terminal: what was recorded and found, how many cores it kept busy, what each thread did, and where. */
public final class ReportText {
    private static final int MAX_THREADS = 40;
    private static final int MAX_FUNCTIONS = 15;
    private static final int MAX_SIGNAL_WAITS = 8;
    private static final int BAR = 40;
    private static final List<ThreadState> COLUMNS = List.of(
            ThreadState.RUNNING, ThreadState.NATIVE, ThreadState.RUNNABLE, ThreadState.LOCK, ThreadState.GIL, ThreadState.PAUSED,
            ThreadState.SIGNAL, ThreadState.IO, ThreadState.IDLE, ThreadState.UNKNOWN);

    private final StringBuilder out = new StringBuilder();

    private ReportText() {}

    public static String write(Report report) {
        ReportText text = new ReportText();
        text.heading(report);
        FindingsText.write(text.out, report);
        text.busyCores(report);
        text.threads(report);
        text.functions(report);
        text.pauses(report.pauses());
        text.signalWaits(report);
        return text.out.toString();
    }

    private void heading(Report report) {
        ProcessInfo process = report.process().info();
        Report.RecordingPart recording = report.recording();
        line("%s", process.command().isEmpty() ? "pid " + process.pid() : String.join(" ", process.command()));
        line(
                "Python %s, %s, GIL %s · pid %d on %s · %d cores",
                process.python(),
                process.freeThreadedBuild() ? "free-threaded" : "GIL build",
                process.gilEnabled() ? "on" : "off",
                process.pid(),
                process.host(),
                process.cores());
        line(
                "%.2f s from %s · %s · %,d samples%s",
                recording.durationSeconds(),
                recording.started(),
                rate(recording.rateHz()),
                recording.samples(),
                recording.complete() ? "" : " · INCOMPLETE: it was cut short");
        line(
                "missed %s of the ticks · torn %s of the samples · the agent used %s of a core",
                percent(recording.missedTicks(), (double) recording.ticks() + recording.missedTicks()),
                percent(recording.tornSamples(), recording.samples()),
                percent(recording.agentCpuSeconds(), recording.durationSeconds()));
        recording.off().forEach((feature, why) -> line("%s: %s", feature, why));
        for (Report.GilChange change : report.process().gilChanges()) {
            String cause = change.cause() == null ? "" : " by " + change.cause();
            line("GIL turned %s at %.3f s%s", change.enabled() ? "on" : "off", change.atSeconds(), cause);
        }
    }

    private void busyCores(Report report) {
        Report.BusyCores busy = report.busyCores();
        out.append('\n');
        line("Busy cores: %.2f on average", busy.mean());
        double all = busy.secondsAt().stream().mapToDouble(Double::doubleValue).sum();
        for (int k = 0; k < busy.secondsAt().size(); k++) {
            double share = all == 0 ? 0 : busy.secondsAt().get(k) / all;
            line("  %3d  %6.1f %%  %8.2f s  %s", k, 100 * share, busy.secondsAt().get(k), "▇".repeat((int) Math.round(share * BAR)));
        }
    }

    private void threads(Report report) {
        List<ThreadState> shown = COLUMNS.stream()
                .filter(state -> report.threads().stream().anyMatch(thread -> thread.states().of(state) >= 0.0005 * thread.states().total()))
                .filter(state -> report.threads().stream().anyMatch(thread -> thread.states().of(state) > 0))
                .toList();
        out.append('\n');
        StringBuilder head = new StringBuilder(String.format("%-24s %8s %8s %8s", "Threads", "tid", "alive s", "CPU s"));
        shown.forEach(state -> head.append(String.format(" %8s", state.label())));
        line("%s", head);
        List<Report.ThreadPart> threads = new ArrayList<>(report.threads());
        if (threads.size() > MAX_THREADS) {
            threads.sort(Comparator.comparingDouble((Report.ThreadPart thread) -> -busy(thread)));
        }
        for (Report.ThreadPart thread : threads.subList(0, Math.min(MAX_THREADS, threads.size()))) {
            StringBuilder row = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%-24s %8d %8.2f %8s",
                    clipped(thread.name() == null ? "?" : thread.name(), 24),
                    thread.tid(),
                    thread.endSeconds() - thread.startSeconds(),
                    thread.cpuSeconds() == null ? "?" : String.format(Locale.ROOT, "%.2f", thread.cpuSeconds())));
            double total = thread.states().total();
            for (ThreadState state : shown) {
                double share = total == 0 ? 0 : thread.states().of(state) / total;
                row.append(String.format(Locale.ROOT, " %8s", share == 0 ? "·" : String.format(Locale.ROOT, "%.1f %%", 100 * share)));
            }
            line("%s", row);
        }
        if (threads.size() > MAX_THREADS) {
            line("… and %d threads less busy", threads.size() - MAX_THREADS);
        }
    }

    private void functions(Report report) {
        out.append('\n');
        line("%8s %8s  %-9s %s", "self s", "total s", "mostly", "Functions, by the time in them");
        for (Report.FunctionPart function : report.functions().subList(0, Math.min(MAX_FUNCTIONS, report.functions().size()))) {
            line(
                    "%8.2f %8.2f  %-9s %s  %s",
                    function.self(),
                    function.total(),
                    dominant(function.states()).label(),
                    function.function() == null ? "?" : function.function(),
                    place(function.file(), function.line()));
        }
        if (report.functions().size() > MAX_FUNCTIONS) {
            line("… and %d more; --json has all of them", report.functions().size() - MAX_FUNCTIONS);
        }
    }

    private void pauses(PauseSummary pauses) {
        if (pauses.count() == 0) {
            return;
        }
        out.append('\n');
        line(
                "Pauses: %d, %.3f s together, the longest %.3f s; %d of them collected garbage, %.3f s; threads lost %.3f s",
                pauses.count(),
                pauses.seconds(),
                pauses.longestSeconds(),
                pauses.collections(),
                pauses.collectionSeconds(),
                pauses.lostSeconds());
        for (PauseSummary.Requester requester : pauses.requesters().subList(0, Math.min(5, pauses.requesters().size()))) {
            Frame place = requester.place();
            line(
                    "%8.3f s %6d×  %s  %s",
                    requester.seconds(),
                    requester.count(),
                    place.function() == null ? "?" : place.function(),
                    place(place.file(), place.line() == 0 ? null : (Integer) place.line()));
        }
    }

    private void signalWaits(Report report) {
        if (report.signalWaits().isEmpty()) {
            return;
        }
        out.append('\n');
        line("%8s %7s %7s  %s", "s", "waits", "threads", "Waiting for work or for a result, which is no loss");
        report.signalWaits().stream()
                .limit(MAX_SIGNAL_WAITS)
                .forEach(waits -> line("%8.2f %7d %7d  %s", waits.seconds(), waits.waits(), waits.threads(), waits.name()));
    }

    private static double busy(Report.ThreadPart thread) {
        return thread.states().of(ThreadState.RUNNING) + thread.states().of(ThreadState.NATIVE);
    }

    private static ThreadState dominant(StateSeconds states) {
        return COLUMNS.stream().max(Comparator.comparingDouble(states::of)).orElse(ThreadState.UNKNOWN);
    }

    private static String place(@Nullable String file, @Nullable Integer line) {
        return (file == null ? "?" : file) + (line == null ? "" : ":" + line);
    }

    private static String clipped(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    private static String rate(double hz) {
        return hz >= 1000
                ? String.format(Locale.ROOT, "%.3f kHz", hz / 1000).replaceAll("\\.?0+ ", " ")
                : String.format(Locale.ROOT, "%.0f Hz", hz);
    }

    private static String percent(double part, double whole) {
        return whole == 0 ? "none" : String.format(Locale.ROOT, "%.2f %%", 100 * part / whole);
    }

    private void line(String format, @Nullable Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
    }
}
