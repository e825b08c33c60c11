package io.threadlens.view.cores;

import io.threadlens.model.Moments;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.Columns;
import io.threadlens.timeline.CoreTimes;
import io.threadlens.timeline.LoadTimes;
import io.threadlens.timeline.NumberRanges;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Veil;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.ThreadColours;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One picture of the cores over time, ready to be put on the screen.
 *
 * @param rows   the cores on the screen, from top to bottom
 * @param used   every core that the program was ever on
 * @param rowHeight with the space around it
 * @param pixels of the rows, ARGB, in device pixels; not drawn is transparent
 * @param load   of the machine in each pixel; null where it is not known
 * @param veils  what chosen moments leave out
 */
record CoreFrame(
        Request request,
        CoreTimes times,
        List<Row> rows,
        List<Integer> used,
        int rowHeight,
        int[] pixels,
        int pixelWidth,
        int pixelHeight,
        LoadTimes.@Nullable Cores load,
        List<Veil> veils) {

    /** Least and most height of a row, with the space around it. */
    static final int LEAST_ROW = 22;

    private static final int MOST_ROW = 40;
    private static final int INSET = 2;
    /** Of so many busy pixels, one that is shared is only an edge of a slice. */
    private static final int EDGES = 8;
    /** The share of a pixel that is all of it: pixels are not whole nanoseconds. */
    private static final double WHOLE = 0.99;
    /** Slices narrower than this have no room for a name. */
    private static final double NARROWEST_NAME = 36;

    /**
     * @param firstRow how many used cores are scrolled off at the top
     * @param height   room for rows
     * @param moments  those that are chosen; null for all
     */
    record Request(RecordingData data, Viewport viewport, int firstRow, double height, int scale, Palette palette, @Nullable Moments moments) {}

    /**
     * A core.
     *
     * @param share  of the visible time with a thread of the program on it
     * @param wide   slices that can be written on
     * @param shares in each pixel
     */
    record Row(int core, double share, List<CoreTimes.Slice> wide, CoreTimes.Shares shares) {}

    static CoreFrame build(Request request, CoreTimes times) {
        Viewport viewport = request.viewport();
        int scale = request.scale();
        int width = viewport.width() * scale;
        Viewport fine = new Viewport(viewport.startNs(), viewport.nsPerPx() / scale, width);
        Columns columns = Columns.of(fine);
        List<Integer> used = new ArrayList<>();
        for (int core = 0; core < times.cores(); core++) {
            if (times.isUsed(core)) {
                used.add(core);
            }
        }
        int rowHeight = Math.clamp((int) request.height() / Math.max(1, used.size()), LEAST_ROW, MOST_ROW);
        int room = Math.max(1, (int) request.height() / rowHeight);
        int first = Math.clamp(request.firstRow(), 0, Math.max(0, used.size() - room));
        List<Integer> shown = used.subList(first, Math.min(first + room, used.size()));
        int height = Math.max(1, shown.size() * rowHeight * scale);
        int[] pixels = new int[width * height];
        TimeRange range = request.data().range();
        long visible = Math.max(0, Math.min(range.endNs(), viewport.endNs()) - Math.max(range.startNs(), viewport.startNs()));
        List<Row> rows = new ArrayList<>();
        for (int core : shown) {
            CoreTimes.Shares fineShares = times.columns(core, columns);
            paint(fineShares, columns, range, request.palette(), pixels, rows.size() * rowHeight * scale, rowHeight, scale);
            CoreTimes.Shares shares = scale == 1 ? fineShares : times.columns(core, Columns.of(viewport));
            long busy = times.busy(core, viewport.startNs(), viewport.endNs());
            rows.add(new Row(core, visible == 0 ? 0 : (double) busy / visible, times.wide(core, viewport, NARROWEST_NAME), shares));
        }
        LoadTimes load = request.data().load();
        return new CoreFrame(
                request,
                times,
                List.copyOf(rows),
                List.copyOf(used),
                rowHeight,
                pixels,
                width,
                height,
                load.isKnown() ? load.columns(Columns.of(viewport)) : null,
                request.moments() == null ? List.of() : Veil.of(request.moments(), request.data().recording(), viewport));
    }

    /** Each column is filled as high as the core was busy, in the colour of the thread that had most of it. */
    private static void paint(
            CoreTimes.Shares shares, Columns columns, TimeRange range, Palette palette, int[] pixels, int top, int rowHeight, int scale) {
        int width = columns.count();
        int height = (rowHeight - 2 * INSET) * scale;
        int ground = Palette.argb(palette.subtle());
        for (int x = 0; x < width; x++) {
            long column = columns.edge(x + 1) - columns.edge(x);
            if (column <= 0 || columns.edge(x + 1) <= range.startNs() || columns.edge(x) >= range.endNs()) {
                continue;
            }
            double share = Math.min(1, (double) shares.busyNs()[x] / column);
            // What happened is to be seen, however short it was.
            int filled = share > 0 ? Math.max(scale, (int) Math.round(height * share)) : 0;
            for (int y = 0; y < height; y++) {
                int at = (top + INSET * scale + y) * width + x;
                pixels[at] = y < height - filled ? ground : ThreadColours.argb(shares.thread()[x], x / scale, y / scale);
            }
        }
    }

    /** Whether many pixels are shared, by threads that took turns or with time in which nobody was there: they show shares, not slices. */
    boolean isMixed() {
        long whole = (long) (request.viewport().nsPerPx() * WHOLE);
        int busy = 0;
        int mixed = 0;
        for (Row row : rows) {
            for (int i = 0; i < row.shares().busyNs().length; i++) {
                busy += row.shares().busyNs()[i] > 0 ? 1 : 0;
                mixed += row.shares().mostNs()[i] > 0 && row.shares().mostNs()[i] < whole ? 1 : 0;
            }
        }
        return mixed * EDGES > busy;
    }

    /** How many rows are scrolled off at the top. */
    int firstRow() {
        return rows.isEmpty() ? 0 : used.indexOf(rows.getFirst().core());
    }

    /** The cores that have no row, in words; empty where all have one. */
    String unused() {
        List<Integer> unused = new ArrayList<>();
        for (int core = 0; core < times.cores(); core++) {
            if (!times.isUsed(core)) {
                unused.add(core);
            }
        }
        if (used.isEmpty()) {
            return "On which cores the program was is not known.";
        }
        if (unused.isEmpty()) {
            return "";
        }
        return unused.size() == 1
                ? "Core " + unused.getFirst() + " was never used by the program."
                : "Cores " + NumberRanges.text(unused) + " were never used by the program.";
    }

    /** What is on the screen, for those who do not see it. */
    String inWords() {
        return rows.stream()
                .map(row -> "core " + row.core() + " " + TimeFormat.percent(row.share(), 1) + " busy; ")
                .collect(Collectors.joining()) + unused();
    }
}
