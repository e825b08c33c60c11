package io.threadlens.view.detail;

import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.collections.ObservableList;
import javafx.scene.control.TreeItem;
import org.jspecify.annotations.Nullable;

/** A row of a tree of calls; those below it are made when it is opened, the most time first, those without any left out. */
final class CallItem extends TreeItem<CallNode> {
    private final Measure measure;
    private boolean opened;

    CallItem(CallNode node, Measure measure) {
        super(node);
        this.measure = measure;
    }

    @Override
    public ObservableList<TreeItem<CallNode>> getChildren() {
        ObservableList<TreeItem<CallNode>> children = super.getChildren();
        if (!opened) {
            opened = true;
            List<CallItem> items = new ArrayList<>();
            for (CallNode child : getValue().children()) {
                if (measure.of(child.times()) > 0) {
                    items.add(new CallItem(child, measure));
                }
            }
            items.sort(Comparator.comparingLong(CallItem::time).reversed());
            children.setAll(items);
        }
        return children;
    }

    @Override
    public boolean isLeaf() {
        return opened ? super.getChildren().isEmpty() : measure.of(getValue().self()) == time();
    }

    /** What it has of the measure, ns. */
    long time() {
        return measure.of(getValue().times());
    }

    /** The row of a function below it, null where there is none. */
    @Nullable CallItem child(Function function) {
        for (TreeItem<CallNode> child : getChildren()) {
            if (function.equals(child.getValue().function())) {
                return (CallItem) child;
            }
        }
        return null;
    }

    /** The row at the end of a path, or of as much of it as there is; what leads there is opened. */
    CallItem open(List<Function> path) {
        CallItem at = this;
        for (Function function : path) {
            CallItem next = at.child(function);
            if (next == null) {
                break;
            }
            at.setExpanded(true);
            at = next;
        }
        return at;
    }

    /** Opens what has the most time, and of that the same, down to where its own time is more; returns the last row. */
    CallItem openHeaviest() {
        CallItem at = this;
        while (!at.isLeaf() && !at.getChildren().isEmpty()) {
            CallItem next = (CallItem) at.getChildren().getFirst();
            if (next.time() < measure.of(at.getValue().self())) {
                break;
            }
            at.setExpanded(true);
            at = next;
        }
        return at;
    }

    /** The functions from the root of the tree down to it. */
    List<Function> path() {
        List<Function> path = new ArrayList<>();
        for (TreeItem<CallNode> at = this; at.getParent() != null; at = at.getParent()) {
            Function function = at.getValue().function();
            if (function != null) {
                path.addFirst(function);
            }
        }
        return path;
    }

    /** The paths of all rows that are open. */
    List<List<Function>> open() {
        List<List<Function>> paths = new ArrayList<>();
        List<CallItem> open = new ArrayList<>(List.of(this));
        while (!open.isEmpty()) {
            CallItem item = open.removeLast();
            if (item.isExpanded() && item.opened) {
                paths.add(item.path());
                item.getChildren().forEach(child -> open.add((CallItem) child));
            }
        }
        return paths;
    }
}
