package io.threadlens.view.compare;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.LossClass;
import io.threadlens.view.detail.Calls;

/** What was compared, in tabs; one leads to the other. */
final class ComparedViews {
    private static final String FUNCTIONS = "functions";
    private static final String THREADS = "threads";
    private static final String LOCKS = "locks";

    private ComparedViews() {}

    /** @param pixelScale device pixels per pixel; 0 takes the window's */
    static void addTo(ComparisonTabs tabs, Comparison comparison, int pixelScale) {
        ChangesView functions = new ChangesView(
                new ChangeTable("changed-functions", "Function", "Where", "No function was seen."), ChangeRows.functions(comparison));
        ChangesView threads = new ChangesView(
                new ChangeTable("changed-threads", "Threads", "What they do, and how they were found on the other side", "No thread was seen."), ChangeRows.threads(comparison));
        ChangesView locks = new ChangesView(
                new ChangeTable("changed-locks", "Lock", "Where", "Nobody waited for a lock on either side."), ChangeRows.locks(comparison));
        tabs.add("findings", "Findings", new FindingsView(comparison.findings(), place -> {
            functions.filter(Calls.function(place));
            tabs.select(FUNCTIONS);
        }));
        tabs.add("lost", "Where it went", new WaterfallView(comparison, pixelScale, loss -> tabs.select(tabOf(loss))));
        tabs.add("busy", "Busy cores", new BusyOverlay(comparison, pixelScale));
        tabs.add(FUNCTIONS, "Functions", functions);
        tabs.add(THREADS, "Threads", threads);
        tabs.add(LOCKS, "Locks", locks);
    }

    /** Where more is to be seen of a loss. */
    private static String tabOf(LossClass loss) {
        return switch (loss) {
            case GIL, LOCK, CRITICAL_SECTION, INTERPRETER_LOCK -> LOCKS;
            case REFCOUNT, SLOWER_CODE -> FUNCTIONS;
            case STOP_THE_WORLD, RUN_DELAY, IMBALANCE, SERIAL, IO, IDLE, UNEXPLAINED -> THREADS;
        };
    }
}
