package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.comparison.TimeMap.Point;
import io.threadlens.model.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeMapTest {
    @Test
    void betweenTwoPointsTimeIsInProportion() {
        TimeMap map = TimeMap.of(List.of(new Point(0, 1_000), new Point(100, 1_400), new Point(200, 1_410)));
        assertThat(map.toB(0)).isEqualTo(1_000);
        assertThat(map.toB(25)).isEqualTo(1_100);
        assertThat(map.toB(150)).isEqualTo(1_405);
        assertThat(map.toB(300)).as("on as before").isEqualTo(1_420);
        assertThat(map.toB(-10)).isEqualTo(960);
        assertThat(map.toA(1_100)).isEqualTo(25);
    }

    @Test
    void byTimeIsAsLongAfterTheBeginning() {
        TimeMap map = TimeMap.byTime(new TimeRange(1_000, 1_500), new TimeRange(7_000, 9_000));
        assertThat(map.toB(new TimeRange(1_100, 1_600))).isEqualTo(new TimeRange(7_100, 7_600));
        assertThat(map.toA(9_000)).isEqualTo(3_000);
        assertThat(TimeMap.byTime(new TimeRange(5, 5), new TimeRange(9, 9)).toB(6)).as("of nothing").isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itGrowsAndEachWayIsTheInverseOfTheOther(long seed) {
        Random random = new Random(seed);
        List<Point> points = new ArrayList<>();
        Point at = new Point(4_000_000_000_000_000L, 9_000_000_000L);
        for (int i = 0; i < 20; i++) {
            points.add(at);
            at = new Point(at.a() + 1 + random.nextLong(1_000_000_000), at.b() + 1 + random.nextLong(1_000_000_000));
        }
        TimeMap map = TimeMap.of(points);
        assertThat(map.points()).isEqualTo(points);
        long from = points.getFirst().a() - 1_000_000_000;
        long before = Long.MIN_VALUE;
        for (int i = 0; i < 10_000; i++) {
            from += random.nextLong(2_000_000);
            long there = map.toB(from);
            assertThat(there).isGreaterThanOrEqualTo(before);
            before = there;
            // Where many nanoseconds of a are one of b, there is no telling them apart.
            long unit = Math.max(1, Math.abs(map.toA(there + 1) - map.toA(there - 1)));
            assertThat(map.toA(there)).isCloseTo(from, within(unit));
        }
    }

    @Test
    void timeThatStandsStillIsRefused() {
        assertThatThrownBy(() -> TimeMap.of(List.of(new Point(0, 0), new Point(5, 0)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimeMap.of(List.of(new Point(0, 0)))).isInstanceOf(IllegalArgumentException.class);
    }
}
