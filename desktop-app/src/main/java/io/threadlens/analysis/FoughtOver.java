package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.List;

/**
 * Objects of one type, met at the same places, whose reference counts several threads changed at the same time.
 *
 * @param type    of the objects, {@code "?"} where unknown
 * @param objects how many of them
 * @param threads numbers of the threads that changed their counts
 * @param looks   how often a count was compared with the look before
 * @param changed at how many of those it had changed
 * @param places  lines that were executed when the objects were met on a stack, most often first
 * @param seconds upper bound of what it costs: time in which at least two of the threads ran on these lines at once, times the share of looks that found a change
 */
public record FoughtOver(String type, int objects, List<Integer> threads, long looks, long changed, List<Frame> places, double seconds) {
    /** Of the looks, those that found a change. */
    public double share() {
        return looks == 0 ? 0 : (double) changed / looks;
    }
}
