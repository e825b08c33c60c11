package io.threadlens.view.actions;

import java.util.Locale;

/**
 * How well a text fits what somebody typed: every word of it must be there, its letters in order. Beginnings of words and letters side by side count more, and of
 * two that fit as well the shorter is better.
 */
public final class FuzzyMatch {
    /** It does not fit. */
    public static final int NONE = Integer.MIN_VALUE;

    private static final int WORD_START = 8;
    private static final int NEXT_TO_LAST = 5;
    private static final int GAP = 1;
    private static final int MOST_GAP = 3;

    private FuzzyMatch() {}

    /** The greater the better; {@link #NONE} where it does not fit. Everything fits nothing typed, with 0. */
    public static int score(String typed, String text) {
        String in = text.toLowerCase(Locale.ROOT);
        int sum = 0;
        for (String word : typed.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
            int score = word.isEmpty() ? 0 : best(word, in);
            if (score == NONE) {
                return NONE;
            }
            sum += score;
        }
        return typed.isBlank() ? 0 : sum * 4 - Math.min(text.length(), 100) / 4;
    }

    /** The best place for the first letter decides; from there on the next letter that fits is taken. */
    private static int best(String word, String text) {
        int best = NONE;
        for (int from = text.indexOf(word.charAt(0)); from >= 0; from = text.indexOf(word.charAt(0), from + 1)) {
            best = Math.max(best, scoreFrom(word, text, from));
        }
        return best;
    }

    private static int scoreFrom(String word, String text, int from) {
        int score = isWordStart(text, from) ? WORD_START : 0;
        int last = from;
        for (int i = 1; i < word.length(); i++) {
            int at = next(text, word.substring(i), last + 1);
            if (at < 0) {
                return NONE;
            }
            score += at == last + 1 ? NEXT_TO_LAST : isWordStart(text, at) ? WORD_START / 2 : -Math.min(MOST_GAP, (at - last - 1) * GAP);
            last = at;
        }
        return score;
    }

    /** Where the first of some letters is best found: right here, else at the beginning of a word with the others after it, else anywhere. */
    private static int next(String text, String letters, int from) {
        int first = text.indexOf(letters.charAt(0), from);
        for (int at = first; at >= 0 && first != from; at = text.indexOf(letters.charAt(0), at + 1)) {
            if (isWordStart(text, at) && follow(text, letters, at)) {
                return at;
            }
        }
        return first;
    }

    private static boolean follow(String text, String letters, int from) {
        int at = from;
        for (int i = 1; i < letters.length() && at >= 0; i++) {
            at = text.indexOf(letters.charAt(i), at + 1);
        }
        return at >= 0;
    }

    private static boolean isWordStart(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }
}
