package io.threadlens.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * A tree of calls as boxes: as wide as their time, a row for each depth, children beside each other below their parent, the most time first. What is
 * narrower than a pixel is folded: one stretch stands for all of it in a box. Immutable.
 *
 * @param <N> the places of the tree
 */
public final class FlameLayout<N extends CallPlace<N>> {
    private static final double NARROWEST = 1;

    /**
     * @param depth  rows below the root
     * @param parent number of the box that it is in; −1 for the root
     * @param x      in pixels from the root's left edge
     * @param time   what the width stands for, ns
     */
    public record Box<N>(N node, int depth, int parent, double x, double width, long time) {}

    /** A stretch of a row where boxes would be too narrow to be drawn. */
    public record Fold(int depth, double x, double width) {}

    private record Child<N>(N node, long time) {}

    private final ToLongFunction<N> measure;
    /** Row after row, each from left to right. */
    private final List<Box<N>> boxes = new ArrayList<>();

    private final List<Integer> rowStarts = new ArrayList<>();
    private final List<Fold> folds = new ArrayList<>();
    private int foldedCalls;

    private FlameLayout(ToLongFunction<N> measure) {
        this.measure = measure;
    }

    /**
     * @param measure the time that makes a place wide, ns
     * @param width   of the root, pixels
     */
    public static <N extends CallPlace<N>> FlameLayout<N> of(N root, ToLongFunction<N> measure, double width) {
        FlameLayout<N> layout = new FlameLayout<>(measure);
        long time = measure.applyAsLong(root);
        layout.rowStarts.add(0);
        if (time > 0) {
            layout.boxes.add(new Box<>(root, 0, -1, 0, width, time));
            layout.arrange(width / time);
        }
        return layout;
    }

    private void arrange(double pxPerNs) {
        for (int row = 0; rowStarts.get(row) < boxes.size(); row++) {
            int end = boxes.size();
            rowStarts.add(end);
            for (int i = rowStarts.get(row); i < end; i++) {
                arrangeChildren(i, pxPerNs);
            }
        }
    }

    private void arrangeChildren(int parent, double pxPerNs) {
        Box<N> box = boxes.get(parent);
        double x = box.x();
        double folded = 0;
        for (Child<N> child : sorted(box.node())) {
            double width = child.time() * pxPerNs;
            if (width >= NARROWEST) {
                boxes.add(new Box<>(child.node(), box.depth() + 1, parent, x, width, child.time()));
                x += width;
            } else {
                foldedCalls++;
                folded += width;
            }
        }
        if (folded >= NARROWEST) {
            folds.add(new Fold(box.depth() + 1, x, folded));
        }
    }

    private List<Child<N>> sorted(N node) {
        List<Child<N>> children = new ArrayList<>();
        for (N child : node.children()) {
            long time = measure.applyAsLong(child);
            if (time > 0) {
                children.add(new Child<>(child, time));
            }
        }
        children.sort(Comparator.comparingLong((Child<N> child) -> child.time()).reversed());
        return children;
    }

    /** Row after row, each from left to right; a box's number is its place. Empty where there is no time to show. */
    public List<Box<N>> boxes() {
        return boxes;
    }

    public List<Fold> folds() {
        return folds;
    }

    /** How many calls were folded, those below them not counted. */
    public int foldedCalls() {
        return foldedCalls;
    }

    public int rows() {
        return rowStarts.size() - 1;
    }

    /** The box at a place in a row, −1 where there is none. */
    public int at(int row, double x) {
        for (int i = start(row); i < end(row); i++) {
            Box<N> box = boxes.get(i);
            if (x >= box.x() && x < box.x() + box.width()) {
                return i;
            }
        }
        return -1;
    }

    /** The widest box in a box, −1 where there is none. */
    public int firstChild(int box) {
        int row = boxes.get(box).depth() + 1;
        for (int i = start(row); i < end(row); i++) {
            if (boxes.get(i).parent() == box) {
                return i;
            }
        }
        return -1;
    }

    /** The next box in the same row, to the right or with −1 to the left; −1 where there is none. */
    public int beside(int box, int step) {
        int next = box + step;
        boolean same = next >= 0 && next < boxes.size() && boxes.get(next).depth() == boxes.get(box).depth();
        return same ? next : -1;
    }

    /** The functions below the root down to a box; none for the root. */
    public List<Function> path(int box) {
        List<Function> path = new ArrayList<>();
        for (int i = box; boxes.get(i).parent() >= 0; i = boxes.get(i).parent()) {
            path.addFirst(Objects.requireNonNull(boxes.get(i).node().function()));
        }
        return path;
    }

    /** The box at the end of a path, or of as much of it as there is. */
    public int find(List<Function> path) {
        int found = 0;
        for (Function function : path) {
            int next = child(found, function);
            if (next < 0) {
                break;
            }
            found = next;
        }
        return found;
    }

    private int child(int box, Function function) {
        int row = boxes.get(box).depth() + 1;
        for (int i = start(row); i < end(row); i++) {
            if (boxes.get(i).parent() == box && function.equals(boxes.get(i).node().function())) {
                return i;
            }
        }
        return -1;
    }

    private int start(int row) {
        return row >= 0 && row < rows() ? rowStarts.get(row) : boxes.size();
    }

    private int end(int row) {
        return row >= 0 && row + 1 < rowStarts.size() ? rowStarts.get(row + 1) : boxes.size();
    }
}
