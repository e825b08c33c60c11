package io.threadlens.view.detail;

import io.threadlens.analysis.CallPlace;
import io.threadlens.analysis.FlameLayout;
import io.threadlens.analysis.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A flame graph as it is on the screen: the boxes, and what they are of.
 *
 * @param question what it answers
 * @param zoom     the functions from the root of everything down to the widest box: those that were asked for, as far as there are such
 * @param layout   of the widest box and all above it
 * @param all      what everything has of the measure, ns
 */
public record FlamePicture<N extends CallPlace<N>, Q>(Q question, List<Function> zoom, FlameLayout<N> layout, long all) {
    /**
     * @param root    everything
     * @param measure the time that makes a place wide, ns
     * @param zoom    the functions down to the box that is to be the widest; none for everything
     * @param width   pixels
     */
    public static <N extends CallPlace<N>, Q> FlamePicture<N, Q> of(
            Q question, N root, ToLongFunction<N> measure, List<Function> zoom, double width) {
        N widest = root;
        List<Function> path = new ArrayList<>();
        for (Function function : zoom) {
            N next = widest.children().stream()
                    .filter(child -> function.equals(child.function()) && measure.applyAsLong(child) > 0)
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                break;
            }
            widest = next;
            path.add(function);
        }
        return new FlamePicture<>(question, path, FlameLayout.of(widest, measure, width), measure.applyAsLong(root));
    }

    public FlameLayout.Box<N> box(int number) {
        return layout.boxes().get(number);
    }

    /** The functions from the root of everything down to a box. */
    List<Function> pathTo(int box) {
        List<Function> path = new ArrayList<>(zoom);
        path.addAll(layout.path(box));
        return path;
    }

    public boolean isEmpty() {
        return layout.boxes().isEmpty();
    }
}
