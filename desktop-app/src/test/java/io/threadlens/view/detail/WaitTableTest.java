package io.threadlens.view.detail;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.analysis.WaitMatrix.Cell;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitTableTest {
    @Test
    void whoWaitedMostIsTheFirstRowAndNobodyTheLastColumn() {
        WaitTable table = WaitTable.of(
                List.of(new Cell(3, 5, 1), new Cell(1, 5, 2), new Cell(1, 4, 4), new Cell(3, -1, 9)), 16);
        assertThat(table.waiters()).containsExactly(3, 1);
        assertThat(table.holders()).containsExactly(4, 5, WaitTable.NOBODY);
        assertThat(table.seconds()).isDeepEqualTo(new double[][] {{0, 1, 9}, {4, 2, 0}});
        assertThat(table.highest()).isEqualTo(9);
    }

    @Test
    void manyThreadsAreFoldedAndNoTimeIsLost() {
        List<Cell> cells = new ArrayList<>();
        for (int waiter = 0; waiter < 40; waiter++) {
            for (int holder = 0; holder < 40; holder++) {
                cells.add(new Cell(waiter, holder, waiter + 1));
            }
        }
        WaitTable table = WaitTable.of(cells, 16);
        assertThat(table.waiters()).hasSize(16).startsWith(39, 38).endsWith(WaitTable.REST);
        assertThat(table.holders()).hasSize(16).endsWith(WaitTable.REST);
        double sum = 0;
        for (double[] row : table.seconds()) {
            for (double seconds : row) {
                sum += seconds;
            }
        }
        assertThat(sum).isEqualTo(40 * (40 * 41 / 2.0));
        assertThat(table.seconds()[0][15]).as("25 holders together").isEqualTo(25 * 40);
    }
}
