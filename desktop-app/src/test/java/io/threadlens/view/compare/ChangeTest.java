package io.threadlens.view.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.comparison.Difference;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
    @Test
    void whatIsRealHasAnArrowAndASign() {
        Change more = new Change("work", "app.py:1", new Difference(1, 2.5, 1, 2, true));
        Change less = new Change("work", "app.py:1", new Difference(2.5, 1, -2, -1, true));
        assertThat(more.changeText()).isEqualTo("▲ +1.50 s");
        assertThat(more.ratioText()).isEqualTo("2.50×");
        assertThat(more.certainty()).isEqualTo("Real: B − A is from +1.00 s to +2.00 s.");
        assertThat(less.changeText()).isEqualTo("▼ −1.50 s");
        assertThat(less.size()).isEqualTo(1.5);
    }

    @Test
    void whatMayBeNoiseSaysSo() {
        Change change = new Change("work", "app.py:1", new Difference(1, 1.1, -0.1, 0.3, false));
        assertThat(change.changeText()).isEqualTo("+100 ms");
        assertThat(change.certainty()).isEqualTo("Within the noise: two runs of one program may differ as much. B − A is from −100 ms to +300 ms.");
    }

    @Test
    void whatOneSideDoesNotHaveIsSaid() {
        assertThat(new Change("new", "", new Difference(0, 1, 1, 1, true)).ratioText()).isEqualTo("only b");
        assertThat(new Change("gone", "", new Difference(1, 0, -1, -1, true)).ratioText()).isEqualTo("only a");
        Change unknown = new Change("thread", "", new Difference(Double.NaN, 3, Double.NaN, Double.NaN, null));
        assertThat(unknown.ratioText()).isEqualTo("only b");
        assertThat(unknown.changeText()).isEmpty();
        assertThat(unknown.size()).isEqualTo(3);
        assertThat(unknown.certainty()).isEqualTo("Only one side has it.");
    }

    @Test
    void aRowIsFoundByItsNameItsPlaceAndItsParts() {
        Difference none = new Difference(1, 1, 0, 0, false);
        Change group = new Change("worker-… (2)", "run (app.py)", null, none, List.of(new Change("worker-7", "tid 12 → 13", none)));
        assertThat(List.of("WORKER-…", "app.py", "worker-7", "12 →", "")).allMatch(group::matches);
        assertThat(group.matches("reader")).isFalse();
    }
}
