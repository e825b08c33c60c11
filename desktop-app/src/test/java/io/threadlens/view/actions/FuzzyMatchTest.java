package io.threadlens.view.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzyMatchTest {
    @Test
    void lettersInOrderFitAndOthersDoNot() {
        assertThat(FuzzyMatch.score("zin", "Zoom in at the pointer")).isGreaterThan(FuzzyMatch.NONE);
        assertThat(FuzzyMatch.score("zni", "Zoom in at the pointer")).isGreaterThan(FuzzyMatch.NONE);
        assertThat(FuzzyMatch.score("xz", "Zoom in at the pointer")).isEqualTo(FuzzyMatch.NONE);
        assertThat(FuzzyMatch.score("pointer zoom", "Zoom in at the pointer")).as("words in any order").isGreaterThan(FuzzyMatch.NONE);
        assertThat(FuzzyMatch.score("pointer zxom", "Zoom in at the pointer")).isEqualTo(FuzzyMatch.NONE);
        assertThat(FuzzyMatch.score("  ", "anything")).isZero();
    }

    /** A jump to the beginning of a word must not lose letters that stand before it. */
    @Test
    void nothingThatFitsIsMissed() {
        assertThat(FuzzyMatch.score("abc", "a xbxc b")).isGreaterThan(FuzzyMatch.NONE);
    }

    @Test
    void beginningsOfWordsAndLettersSideBySideCountMore() {
        assertThat(best("fit", "Find a text", "Fit everything", "Select and fit the stretch at the cursor")).isEqualTo("Fit everything");
        assertThat(best("w3", "Go to worker-13", "Go to worker-3")).isEqualTo("Go to worker-3");
        assertThat(best("nm", "Previous mark", "Next mark", "Undo the last move or zoom")).isEqualTo("Next mark");
    }

    private static String best(String typed, String... texts) {
        return List.of(texts).stream().max(Comparator.comparingInt(text -> FuzzyMatch.score(typed, text))).orElseThrow();
    }
}
