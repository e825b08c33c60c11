package io.threadlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private final Moments moments = new Moments.Builder().add(10, 15).add(15, 20).add(30, 30).add(40, 41).build();

    private List<List<Integer>> visited(int from, int to) {
        List<List<Integer>> stretches = new ArrayList<>();
        moments.visit(from, to, (start, end) -> stretches.add(List.of(start, end)));
        return stretches;
    }

    @Test
    void neighboursBecomeOne() {
        assertThat(visited(0, 100)).containsExactly(List.of(10, 20), List.of(40, 41));
        assertThat(moments.ticks()).isEqualTo(11);
        assertThat(moments).isEqualTo(new Moments.Builder().add(10, 20).add(40, 41).build());
    }

    @Test
    void stretchesAreCutToWhatIsAskedFor() {
        assertThat(visited(12, 41)).containsExactly(List.of(12, 20), List.of(40, 41));
        assertThat(visited(10, 11)).containsExactly(List.of(10, 11));
        assertThat(visited(20, 40)).isEmpty();
        assertThat(visited(41, 99)).isEmpty();
    }

    @Test
    void aTickIsInOrNot() {
        assertThat(IntStream.range(0, 50).filter(moments::contains)).containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 40);
    }

    @Test
    void ticksAreCountedUpToAnyOther() {
        for (int tick = 0; tick < 50; tick++) {
            assertThat(moments.ticksBefore(tick)).as("before %d", tick).isEqualTo((int) IntStream.range(0, tick).filter(moments::contains).count());
        }
    }

    @Test
    void whatIsNotInOrderIsRefused() {
        Moments.Builder builder = new Moments.Builder().add(10, 20);
        assertThatThrownBy(() -> builder.add(19, 30)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(30, 29)).isInstanceOf(IllegalArgumentException.class);
    }
}
