package io.threadlens.timeline;

import io.threadlens.model.ThreadInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which threads have a lane, in what order, and where each lane is. Lanes are of equal height, so only those on the screen are
 * ever looked at, however many there are.
 *
 * @param threads    thread numbers, from top to bottom
 * @param laneHeight height of a lane with the gap below it
 * @param scrollY    how far the lanes are scrolled up
 * @param height     height of the window on them
 */
public record LaneLayout(List<Integer> threads, double laneHeight, double scrollY, double height) {
    public LaneLayout {
        threads = List.copyOf(threads);
    }

    /** The threads whose name or native id has every word that is searched for, in the order in which they were started. */
    public static List<Integer> matching(List<ThreadInfo> threads, String search) {
        String[] words = search.strip().toLowerCase(Locale.ROOT).split("\\s+");
        return threads.stream()
                .sorted(Comparator.comparingLong(ThreadInfo::startNs).thenComparingInt(ThreadInfo::tid))
                .filter(t -> {
                    String text = (nameOf(t) + " " + t.tid()).toLowerCase(Locale.ROOT);
                    for (String word : words) {
                        if (!text.contains(word)) {
                            return false;
                        }
                    }
                    return true;
                })
                .map(ThreadInfo::number)
                .toList();
    }

    /** What a thread is called on the screen. */
    public static String nameOf(ThreadInfo thread) {
        return thread.name() != null ? thread.name() : "thread " + thread.tid();
    }

    public LaneLayout scrolledTo(double y) {
        return new LaneLayout(threads, laneHeight, Math.clamp(y, 0, maxScroll()), height);
    }

    public double contentHeight() {
        return threads.size() * laneHeight;
    }

    public double maxScroll() {
        return Math.max(0, contentHeight() - height);
    }

    /** First lane that is at least partly visible. */
    public int firstVisible() {
        return Math.clamp((int) Math.floor(scrollY / laneHeight), 0, threads.size());
    }

    /** One past the last lane that is at least partly visible. */
    public int endVisible() {
        return Math.clamp((int) Math.ceil((scrollY + height) / laneHeight), firstVisible(), threads.size());
    }

    /** Top of a lane in the window. */
    public double top(int lane) {
        return lane * laneHeight - scrollY;
    }

    /** The lane at a height in the window, −1 where there is none. */
    public int laneAt(double y) {
        int lane = (int) Math.floor((y + scrollY) / laneHeight);
        return y < 0 || y >= height || lane < 0 || lane >= threads.size() ? -1 : lane;
    }

    /** Scrolled as little as needed to have a lane wholly in the window. */
    public LaneLayout showing(int lane) {
        double top = lane * laneHeight;
        if (top < scrollY) {
            return scrolledTo(top);
        }
        if (top + laneHeight > scrollY + height) {
            return scrolledTo(top + laneHeight - height);
        }
        return this;
    }
}
