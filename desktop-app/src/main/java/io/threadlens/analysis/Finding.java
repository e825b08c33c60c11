package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.List;

/**
 * Something that costs the program time, or {@link FindingClass#NONE}: nothing does.
 *
 * @param title       one line: what, and how much
 * @param evidence    the numbers that say so
 * @param where       the lines of code that meet there, the most important first
 * @param costSeconds seconds of threads × time that are lost to it
 * @param confidence  0 to 1
 * @param advice      what a person can do about it
 * @param locks       numbers of the locks it is about
 */
public record Finding(
        FindingClass kind,
        Severity severity,
        String title,
        String evidence,
        List<Frame> where,
        double costSeconds,
        double confidence,
        String advice,
        List<Integer> locks) {

    /** How much of the threads' time it costs; the rules say from where on it is which. */
    public enum Severity {
        HIGH,
        MEDIUM,
        LOW;

        /** Of a loss, by its share of the time in which threads had something to do. */
        public static Severity ofShare(double share) {
            return share >= 0.3 ? HIGH : share >= 0.1 ? MEDIUM : LOW;
        }

        /** The name in reports. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
