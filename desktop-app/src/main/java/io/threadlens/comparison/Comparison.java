package io.threadlens.comparison;

import io.threadlens.analysis.Finding;
import io.threadlens.analysis.Report.FunctionPart;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is compared of two configurations.
 *
 * @param gilOn     the build of b with the GIL on, where it was recorded as well
 * @param speedup   how many times as fast as a b is; null where a run took no time
 * @param predicted what a alone lets expect of it at most, on average over its runs; null where a ran without the GIL
 * @param functions most change first, as {@code lines}
 * @param locks     most waiting first
 * @param warnings  what keeps the two from being compared as they are, and what that means, in sentences
 */
public record Comparison(
        Side a,
        Side b,
        @Nullable Side gilOn,
        Decomposition decomposition,
        @Nullable Estimate speedup,
        @Nullable Estimate predicted,
        Figures figures,
        ThreadMatches threads,
        List<FunctionChange> functions,
        List<LineChange> lines,
        List<LockChange> locks,
        List<String> warnings) {

    public static Comparison of(Side a, Side b, @Nullable Side gilOn) {
        Judge judge = new Judge();
        SameFiles files = SameFiles.of(files(a), files(b));
        Supplier<Figures> figures = Figures.of(a, b, judge);
        Supplier<ThreadMatches> threads = ThreadMatches.of(a, b, judge);
        Supplier<List<FunctionChange>> functions = FunctionChange.of(a, b, files, judge);
        Supplier<List<LineChange>> lines = LineChange.of(a, b, files, judge);
        Supplier<List<LockChange>> locks = LockChange.of(a, b, files, judge);
        judge.judge(noise(a, b));
        Decomposition decomposition = Decomposition.of(a, b, gilOn);
        return new Comparison(
                a,
                b,
                gilOn,
                decomposition,
                speedup(a, b),
                predicted(a),
                figures.get(),
                threads.get(),
                functions.get(),
                lines.get(),
                locks.get(),
                ComparisonWarnings.of(a, b, decomposition));
    }

    private static Noise noise(Side a, Side b) {
        List<Run> runs = Stream.concat(a.runs().stream(), b.runs().stream()).toList();
        return new Noise(
                runs.stream().mapToDouble(Run::taken).max().orElse(0), runs.stream().mapToDouble(Run::wall).max().orElse(0));
    }

    private static Collection<String> files(Side side) {
        return side.runs().stream().flatMap(run -> run.functions().stream()).map(FunctionPart::file).filter(Objects::nonNull).distinct().toList();
    }

    private static @Nullable Estimate speedup(Side a, Side b) {
        Estimate wallA = Estimate.of(a.each(Run::wall));
        Estimate wallB = Estimate.of(b.each(Run::wall));
        return wallA.value() > 0 && wallB.value() > 0 ? wallA.over(wallB) : null;
    }

    private static @Nullable Estimate predicted(Side a) {
        double[] atMost = a.runs().stream().map(Run::predicted).filter(Objects::nonNull).mapToDouble(Prediction::atMost).toArray();
        return atMost.length < a.runs().size() ? null : Estimate.of(atMost);
    }

    /** What was reached first, then what b loses most to. */
    public List<Finding> findings() {
        return new ComparisonFindings(this).findings();
    }
}
