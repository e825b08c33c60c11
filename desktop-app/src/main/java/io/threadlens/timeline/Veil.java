package io.threadlens.timeline;

import io.threadlens.model.Moments;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a viewport in which moments are left out.
 *
 * @param strength share of its ticks that are left out, over 0 and up to 1, to the {@value #LEVELS}th
 */
public record Veil(double startPx, double endPx, double strength) {
    /** More shades than this the eye does not tell apart. */
    private static final int LEVELS = 16;
    /** What counting in fractions of ticks may be off by, as a share of a pixel. */
    private static final double NOTHING = 1e-6;

    /**
     * What the chosen moments leave out of a viewport: each pixel as much as it has of ticks that are not chosen, neighbours of the same strength as one.
     * However many moments there are, the work is that of the pixels.
     */
    public static List<Veil> of(Moments moments, Recording recording, Viewport viewport) {
        List<Veil> veils = new ArrayList<>();
        int ticks = recording.tickCount();
        Position before = Position.at(viewport.timeAt(0), moments, recording, ticks);
        int open = 0;
        int openLevel = 0;
        for (int px = 0; px < viewport.width(); px++) {
            Position after = Position.at(viewport.timeAt(px + 1), moments, recording, ticks);
            double passed = after.ticks - before.ticks;
            double left = passed <= 0 ? 0 : 1 - (after.chosen - before.chosen) / passed;
            // The least that is left out, and the least that is chosen, stay to be seen.
            int level = left < NOTHING ? 0 : left > 1 - NOTHING ? LEVELS : Math.clamp(Math.round(left * LEVELS), 1, LEVELS - 1);
            if (level != openLevel) {
                add(veils, open, px, openLevel);
                open = px;
                openLevel = level;
            }
            before = after;
        }
        add(veils, open, viewport.width(), openLevel);
        return List.copyOf(veils);
    }

    private static void add(List<Veil> veils, int from, int to, int level) {
        if (level > 0 && from < to) {
            veils.add(new Veil(from, to, (double) level / LEVELS));
        }
    }

    /** How many ticks have passed at a moment, and how many of them are chosen; the one that is passing counts in part. */
    private record Position(double ticks, double chosen) {
        static Position at(long ns, Moments moments, Recording recording, int ticks) {
            int tick = Math.min(recording.tickAt(ns), ticks - 1);
            if (tick < 0) {
                return new Position(0, 0);
            }
            long start = recording.tickTime(tick);
            long end = recording.tickEnd(tick);
            double part = ns >= end ? 1 : (double) (ns - start) / (end - start);
            return new Position(tick + part, moments.ticksBefore(tick) + (moments.contains(tick) ? part : 0));
        }
    }
}
