package io.threadlens.analysis;

import org.jspecify.annotations.Nullable;

/** What a report calls the threads that its parts know by number. */
final class ReportThreads {
    private final Report report;

    ReportThreads(Report report) {
        this.report = report;
    }

    /** Native id; null where the thread is unknown, or newer than the report. */
    @Nullable Integer tid(int thread) {
        return isKnown(thread) ? (Integer) report.threads().get(thread).tid() : null;
    }

    @Nullable String name(int thread) {
        return isKnown(thread) ? report.threads().get(thread).name() : null;
    }

    private boolean isKnown(int thread) {
        return thread >= 0 && thread < report.threads().size();
    }
}
