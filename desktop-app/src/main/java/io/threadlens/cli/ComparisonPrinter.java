package io.threadlens.cli;

import io.threadlens.comparison.CompareJson;
import io.threadlens.comparison.CompareText;
import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.SweepText;
import io.threadlens.comparison.ThreadSweep;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a comparison is told, and judged: the options of {@code compare} for it, whatever is compared. */
final class ComparisonPrinter {
    @Option(names = "--json", description = "as threadlens-compare/1")
    private boolean json;

    @Option(names = "--fail-below", paramLabel = "RATIO", description = "exit with 1 where B is less than so many times as fast as A")
    private @Nullable Double least;

    void check(CommandSpec spec) {
        if (least != null && !(least > 0 && least < 1e9)) {
            throw new ParameterException(spec.commandLine(), "--fail-below must be a number greater than 0");
        }
    }

    /** Prints to stdout; returns the exit code. */
    int print(Comparison comparison) {
        System.out.print(json ? CompareJson.write(comparison) + "\n" : CompareText.write(comparison));
        System.out.flush();
        return judge(comparison.decomposition().speedup());
    }

    /** The same at several thread counts. It fails below the ratio where the best of them does. */
    int print(ThreadSweep sweep) {
        System.out.print(json ? CompareJson.write(sweep) + "\n" : SweepText.write(sweep));
        System.out.flush();
        return judge(sweep.counts().stream().mapToDouble(count -> count.comparison().decomposition().speedup()).max().orElse(0));
    }

    private int judge(double speedup) {
        if (least == null || speedup >= least) {
            return 0;
        }
        System.err.println(String.format(Locale.ROOT, "threadlens: %.3f times as fast, which is less than %s", speedup, least));
        return 1;
    }
}
