package io.threadlens.view.cores;

import io.threadlens.model.Moments;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.Columns;
import io.threadlens.timeline.CoreTimes;
import io.threadlens.timeline.LoadTimes;
import io.threadlens.timeline.Veil;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.ThreadColours;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One picture of the cores over time, ready to be put on the screen.
 *
 * @param rows   the cores on the screen, from top to bottom
 * @param used   every core that the program was ever on
 * @param pixels of the rows, ARGB, in device pixels; not drawn is transparent
 * @param load   of the machine in each pixel; null where it is not known
 * @param veils  what chosen moments leave out
 */
record CoreFrame(
        Request request,
        CoreTimes times,
        List<Row> rows,
        List<Integer> used,
        int[] pixels,
        int pixelWidth,
        int pixelHeight,
        LoadTimes.@Nullable Cores load,
        List<Veil> veils) {

    /** Height of a row, with the space around it. */
    static final int ROW = 22;

    private static final int INSET = 2;
    /** Slices narrower than this have no room for a name. */
    private static final double NARROWEST_NAME = 36;

    /**
     * @param firstRow how many used cores are scrolled off at the top
     * @param rows     how many have room
     * @param moments  those that are chosen; null for all
     */
    record Request(RecordingData data, Viewport viewport, int firstRow, int rows, int scale, Palette palette, @Nullable Moments moments) {}

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
        List<Integer> shown = used.subList(Math.min(request.firstRow(), used.size()), Math.min(request.firstRow() + request.rows(), used.size()));
        int height = Math.max(1, shown.size() * ROW * scale);
        int[] pixels = new int[width * height];
        TimeRange range = request.data().range();
        long visible = Math.max(0, Math.min(range.endNs(), viewport.endNs()) - Math.max(range.startNs(), viewport.startNs()));
        List<Row> rows = new ArrayList<>();
        for (int core : shown) {
            CoreTimes.Shares fineShares = times.columns(core, columns);
            paint(fineShares, columns, range, request.palette(), pixels, rows.size() * ROW * scale, scale);
            CoreTimes.Shares shares = scale == 1 ? fineShares : times.columns(core, Columns.of(viewport));
            long busy = 0;
            for (long ns : shares.busyNs()) {
                busy += ns;
            }
            rows.add(new Row(core, visible == 0 ? 0 : (double) busy / visible, times.wide(core, viewport, NARROWEST_NAME), shares));
        }
        LoadTimes load = request.data().load();
        return new CoreFrame(
                request,
                times,
                List.copyOf(rows),
                List.copyOf(used),
                pixels,
                width,
                height,
                load.isKnown() ? load.columns(Columns.of(viewport)) : null,
                request.moments() == null ? List.of() : Veil.of(request.moments(), request.data().recording(), viewport));
    }

    /** Each column is filled as high as the core was busy, in the colour of the thread that had most of it. */
    private static void paint(
            CoreTimes.Shares shares, Columns columns, TimeRange range, Palette palette, int[] pixels, int top, int scale) {
        int width = columns.count();
        int height = (ROW - 2 * INSET) * scale;
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

    /** Whether there are pixels in which several threads took turns: then a colour is only that of the one with most time. */
    boolean isMixed() {
        for (Row row : rows) {
            for (int i = 0; i < row.shares().busyNs().length; i++) {
                if (row.shares().mostNs()[i] < row.shares().busyNs()[i]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The cores that the program was never on. */
    List<Integer> unused() {
        List<Integer> unused = new ArrayList<>();
        for (int core = 0; core < times.cores(); core++) {
            if (!times.isUsed(core)) {
                unused.add(core);
            }
        }
        return unused;
    }
}
