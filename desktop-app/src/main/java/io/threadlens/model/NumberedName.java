package io.threadlens.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thread's name and the number in it, which tells it from others that were started alike: the last of {@code worker-3} and
 * {@code ThreadPoolExecutor-0_3}, and that of {@code Thread-3 (run)}.
 *
 * @param number −1 where there is none; then everything is before it
 */
public record NumberedName(String before, long number, String after) implements Comparable<NumberedName> {
    private static final Pattern GIVEN_BY_DEFAULT = Pattern.compile("(Thread-)(\\d{1,18})( \\(.*\\))?");
    private static final Pattern LAST_NUMBER = Pattern.compile("(.*?)(\\d{1,18})()");

    public static NumberedName of(String name) {
        for (Pattern pattern : new Pattern[] {GIVEN_BY_DEFAULT, LAST_NUMBER}) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                String after = matcher.group(3);
                return new NumberedName(matcher.group(1), Long.parseLong(matcher.group(2)), after == null ? "" : after);
            }
        }
        return new NumberedName(name, -1, "");
    }

    /** The same for all names that differ only by the number. */
    public NumberedName pattern() {
        return new NumberedName(before, number < 0 ? -1 : 0, after);
    }

    /** In the order in which a person counts: 2 before 10. */
    @Override
    public int compareTo(NumberedName other) {
        int byText = before.compareToIgnoreCase(other.before);
        if (byText == 0) {
            byText = after.compareToIgnoreCase(other.after);
        }
        return byText != 0 ? byText : Long.compare(number, other.number);
    }
}
