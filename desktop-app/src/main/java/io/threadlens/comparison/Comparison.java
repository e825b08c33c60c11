package io.threadlens.comparison;

import org.jspecify.annotations.Nullable;

/**
 * What is compared of two configurations.
 *
 * @param gilOn the build of b with the GIL on, where it was recorded as well
 */
public record Comparison(Side a, Side b, @Nullable Side gilOn, Decomposition decomposition) {
    public static Comparison of(Side a, Side b, @Nullable Side gilOn) {
        return new Comparison(a, b, gilOn, Decomposition.of(a, b, gilOn));
    }
}
