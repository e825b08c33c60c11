package io.threadlens.view.detail;

import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.FlameLayout;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import java.util.ArrayList;
import java.util.List;

/**
 * A flame graph as it is on the screen: the boxes, and what they are of.
 *
 * @param question what it answers
 * @param zoom     the functions from the root of everything down to the widest box: those that were asked for, as far as there are such
 * @param layout   of the widest box and all above it
 * @param all      what everything has of the measure, ns
 */
record FlamePicture(Question question, List<Function> zoom, FlameLayout layout, long all) {
    /**
     * @param fromLeaf whether calls are merged from the innermost on
     * @param zoom     the functions down to the box that is to be the widest; none for everything
     * @param width    pixels
     */
    record Question(CallTimes times, boolean fromLeaf, Measure measure, List<Function> zoom, double width) {}

    static FlamePicture of(Question question) {
        Measure measure = question.measure();
        CallNode root = question.fromLeaf() ? question.times().bottomUp() : question.times().topDown();
        long all = measure.of(root.times());
        List<Function> path = new ArrayList<>();
        for (Function function : question.zoom()) {
            CallNode next = root.children().stream()
                    .filter(child -> function.equals(child.function()) && measure.of(child.times()) > 0)
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                break;
            }
            root = next;
            path.add(function);
        }
        return new FlamePicture(question, path, FlameLayout.of(root, measure, question.width()), all);
    }

    FlameLayout.Box box(int number) {
        return layout.boxes().get(number);
    }

    /** The functions from the root of everything down to a box. */
    List<Function> pathTo(int box) {
        List<Function> path = new ArrayList<>(zoom);
        path.addAll(layout.path(box));
        return path;
    }

    boolean isEmpty() {
        return layout.boxes().isEmpty();
    }
}
