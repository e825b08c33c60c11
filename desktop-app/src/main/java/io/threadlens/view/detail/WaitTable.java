package io.threadlens.view.detail;

import io.threadlens.analysis.WaitMatrix.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who waited for whom, in seconds. Where there are too many threads for a table, those with the least time are one row and one column together.
 *
 * @param waiters threads, by row, most time first; {@link #REST} for all others
 * @param holders threads, by column, most time first; {@link #REST} for all others, and last {@link #NOBODY}, where it was nobody that was seen
 * @param seconds by row and column
 */
record WaitTable(List<Integer> waiters, List<Integer> holders, double[][] seconds) {
    static final int NOBODY = -1;
    static final int REST = -2;

    /** @param most rows, and columns of threads, at most */
    static WaitTable of(List<Cell> cells, int most) {
        Map<Integer, Double> waited = new HashMap<>();
        Map<Integer, Double> held = new HashMap<>();
        for (Cell cell : cells) {
            waited.merge(cell.waiter(), cell.seconds(), Double::sum);
            held.merge(cell.holder() < 0 ? NOBODY : cell.holder(), cell.seconds(), Double::sum);
        }
        boolean unseen = held.remove(NOBODY) != null;
        List<Integer> rows = mostFirst(waited, most);
        List<Integer> columns = mostFirst(held, most);
        if (unseen) {
            columns.add(NOBODY);
        }
        double[][] seconds = new double[rows.size()][columns.size()];
        for (Cell cell : cells) {
            int holder = cell.holder() < 0 ? NOBODY : cell.holder();
            seconds[place(rows, cell.waiter())][place(columns, holder)] += cell.seconds();
        }
        return new WaitTable(rows, columns, seconds);
    }

    private static List<Integer> mostFirst(Map<Integer, Double> times, int most) {
        List<Integer> threads = new ArrayList<>(times.keySet());
        threads.sort(Comparator.comparing((Integer thread) -> -times.get(thread)).thenComparing(Comparator.naturalOrder()));
        if (threads.size() > most) {
            threads.subList(most - 1, threads.size()).clear();
            threads.add(REST);
        }
        return threads;
    }

    private static int place(List<Integer> threads, int thread) {
        int at = threads.indexOf(thread);
        return at >= 0 ? at : threads.indexOf(REST);
    }

    double highest() {
        double highest = 0;
        for (double[] row : seconds) {
            for (double time : row) {
                highest = Math.max(highest, time);
            }
        }
        return highest;
    }
}
