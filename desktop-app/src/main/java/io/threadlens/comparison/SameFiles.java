package io.threadlens.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which file of a is which of b. A path that both have is one file. A file that only one of them has may lie in another folder in the other, as another checkout's
 * or another Python's library does: it is the one of the same name that shares the most folders with it, counted from the file upwards, if that holds both ways and
 * no second one is as near. What is in every package, such as {@code __init__.py}, goes by its folder's name too. Immutable.
 */
final class SameFiles {
    private static final Pattern FOLDERS = Pattern.compile("[/\\\\]");
    /** A Python's library, whatever its version. */
    private static final Pattern PYTHON = Pattern.compile("python3\\.\\d+t?");

    private static final Pattern IN_EVERY_PACKAGE = Pattern.compile("__\\w+__\\.py");

    private final Map<String, String> inB = new HashMap<>();

    private SameFiles() {}

    static SameFiles of(Collection<String> a, Collection<String> b) {
        Map<String, List<String>> onlyA = byName(a, new HashSet<>(b));
        Map<String, List<String>> onlyB = byName(b, new HashSet<>(a));
        SameFiles same = new SameFiles();
        onlyA.forEach((name, files) -> {
            List<String> others = onlyB.getOrDefault(name, List.of());
            for (String file : files) {
                String nearest = nearest(file, others);
                if (nearest != null && file.equals(nearest(nearest, files))) {
                    same.inB.put(file, nearest);
                }
            }
        });
        return same;
    }

    /** What a file of a is called in b, or its own path where b has none like it. */
    @Nullable String inB(@Nullable String file) {
        return file == null ? null : inB.getOrDefault(file, file);
    }

    private static Map<String, List<String>> byName(Collection<String> files, Set<String> except) {
        Map<String, List<String>> byName = new HashMap<>();
        for (String file : new HashSet<>(files)) {
            if (!except.contains(file)) {
                String[] steps = FOLDERS.split(file);
                if (steps.length > 0) {
                    byName.computeIfAbsent(steps[steps.length - 1], name -> new ArrayList<>()).add(file);
                }
            }
        }
        return byName;
    }

    /** Null where there is none, or more than one. */
    private static @Nullable String nearest(String file, List<String> others) {
        String nearest = null;
        int most = 0;
        for (String other : others) {
            int common = common(file, other);
            if (common > most) {
                most = common;
                nearest = other;
            } else if (common == most) {
                nearest = null;
            }
        }
        return nearest;
    }

    /** How many steps of two paths are the same from their ends; 0 for what is in every package of different names. */
    private static int common(String file, String other) {
        String[] one = FOLDERS.split(file);
        String[] two = FOLDERS.split(other);
        int common = 0;
        while (common < one.length && common < two.length && isSame(one[one.length - 1 - common], two[two.length - 1 - common])) {
            common++;
        }
        return common == 1 && IN_EVERY_PACKAGE.matcher(one[one.length - 1]).matches() ? 0 : common;
    }

    private static boolean isSame(String one, String two) {
        return one.equals(two) || PYTHON.matcher(one).matches() && PYTHON.matcher(two).matches();
    }
}
