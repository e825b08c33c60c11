package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.session.Configuration.Kind;
import io.threadlens.session.PairPlan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairForecastTest {
    private static final Configuration GIL = new Configuration(Kind.GIL_BUILD, List.of("python3.14"), "3.14.7");
    private static final Configuration FREE = new Configuration(Kind.FREE_THREADED, List.of("python3.14t"), "3.14.7");

    @Test
    void aRunTakesWhatThoseLikeItTook() {
        PairPlan plan = new PairPlan(new Interpreters(List.of(GIL, FREE), List.of(), null), new Script(List.of("app.py")), 3, List.of(), null, 1000);
        List<Step> steps = plan.steps();
        assertThat(steps).extracting(Step::configuration).containsExactly(GIL, FREE, FREE, GIL, FREE, GIL);
        PairForecast forecast = new PairForecast(plan);
        assertThat(forecast.left(1, 3)).as("nothing is known").isEmpty();
        forecast.ended(steps.get(0), 10);
        assertThat(forecast.left(1, 10)).as("five like the only one that is known").hasValue(50);
        assertThat(forecast.left(2, 4)).hasValue(46);
        forecast.ended(steps.get(1), 2);
        assertThat(forecast.left(3, 0)).as("free, with it, free, with it").hasValue(2 + 10 + 2 + 10);
        assertThat(forecast.left(3, 60)).as("longer than expected: it ends any moment").hasValue(22);
        forecast.ended(steps.get(2), 4);
        assertThat(forecast.left(5, 0)).as("the mean of two, and with the GIL").hasValue(3 + 10);
        assertThat(forecast.left(6, 10)).hasValue(0);
    }
}
