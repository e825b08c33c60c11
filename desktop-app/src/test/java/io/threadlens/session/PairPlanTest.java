package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.session.Configuration.Kind;
import io.threadlens.session.PairPlan.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairPlanTest {
    private static final Interpreters THREE = new Interpreters(
            List.of(
                    new Configuration(Kind.GIL_BUILD, List.of("python"), "3.14.7"),
                    new Configuration(Kind.FREE_THREADED_GIL_ON, List.of("pythont", "-X", "gil=1"), "3.14.7"),
                    new Configuration(Kind.FREE_THREADED, List.of("pythont"), "3.14.7")),
            List.of(),
            null);

    private static PairPlan plan(int repeats, Integer... threads) {
        return new PairPlan(THREE, new Script(List.of("app.py", "-n", "{threads}")), repeats, List.of(threads), null, 1000);
    }

    @Test
    void eachRoundHasEachOnce() {
        List<Step> steps = plan(5, 1, 4).steps();
        assertThat(steps).hasSize(30).doesNotHaveDuplicates();
        for (int round = 1; round <= 5; round++) {
            List<Step> of = steps.subList(6 * (round - 1), 6 * round);
            int expected = round;
            assertThat(of).allMatch(step -> step.round() == expected);
            assertThat(of).extracting(Step::folder).containsExactlyInAnyOrder(
                    "gil-build-1-threads", "gil-on-1-threads", "free-threaded-1-threads", "gil-build-4-threads", "gil-on-4-threads", "free-threaded-4-threads");
        }
        assertThat(plan(1).steps()).extracting(Step::folder).containsExactly("gil-build", "gil-on", "free-threaded");
    }

    /** A machine that gets slower by the same with each run adds the same to the mean of each configuration. */
    @Test
    void aDriftFavoursNone() {
        for (int repeats = 2; repeats <= 8; repeats += 2) {
            List<Step> steps = plan(repeats, 1, 2, 8).steps();
            Map<String, Integer> drift = new LinkedHashMap<>();
            for (int at = 0; at < steps.size(); at++) {
                drift.merge(steps.get(at).folder(), at, Integer::sum);
            }
            assertThat(new HashSet<>(drift.values())).as("%d rounds: %s", repeats, drift).hasSize(1);
        }
    }

    @Test
    void noneIsAlwaysTheFirst() {
        List<Step> steps = plan(6).steps();
        Map<String, Integer> first = new LinkedHashMap<>();
        for (int at = 0; at < steps.size(); at += 3) {
            first.merge(steps.get(at).folder(), 1, Integer::sum);
        }
        assertThat(first).isEqualTo(Map.of("gil-build", 2, "gil-on", 2, "free-threaded", 2));
    }

    @Test
    void aStepSaysWhatItIs() {
        List<String> labels = new ArrayList<>();
        plan(2, 1, 4).steps().forEach(step -> labels.add(step.label(2)));
        assertThat(labels).contains("GIL build, 1 thread, round 1", "free-threaded, GIL on, 4 threads, round 2");
        assertThat(plan(1).steps().getLast().label(1)).isEqualTo("free-threaded");
    }
}
