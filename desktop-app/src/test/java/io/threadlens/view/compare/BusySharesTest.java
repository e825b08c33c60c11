package io.threadlens.view.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusySharesTest {
    @TempDir
    Path folder;

    @Test
    void bothSidesHaveTheirOwnWhole() throws IOException {
        BusyShares shares = BusyShares.of(KnownPair.of(folder));
        assertThat(shares.numbers()).as("0, 1 and 2 cores").isEqualTo(3);
        assertThat(shares.ideal()).isEqualTo(2);
        assertThat(shares.shareA(1)).isEqualTo(1);
        assertThat(shares.shareB(1)).isCloseTo(0.8 / 1.4, within(0.01));
        assertThat(shares.shareB(2)).isCloseTo(0.6 / 1.4, within(0.01));
        assertThat(shares.meanA()).isEqualTo(1);
        assertThat(shares.meanB()).isCloseTo(2 / 1.4, within(0.01));
        assertThat(shares.words(2)).isEqualTo("2 busy cores: A 0 % of the time, 0 s;  B 43 %, 600 ms.");
        assertThat(shares.words(1)).startsWith("1 busy core: A 100 % of the time, 2.00 s;");
    }

    @Test
    void severalRunsCountOnAverage() throws IOException {
        Side once = new Side(List.of(KnownPair.withGil(folder)));
        Side twice = new Side(List.of(KnownPair.without(folder), KnownPair.withGil(folder)));
        BusyShares shares = BusyShares.of(Comparison.of(once, twice, null));
        assertThat(shares.b().get(2)).isCloseTo(0.3, within(0.01));
        assertThat(shares.b().get(1)).isCloseTo((0.8 + 2) / 2, within(0.01));
    }
}
