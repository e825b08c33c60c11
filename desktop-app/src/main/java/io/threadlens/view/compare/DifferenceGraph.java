package io.threadlens.view.compare;

import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.comparison.CallChange;
import io.threadlens.comparison.CallDifference;
import io.threadlens.comparison.ComparedBy;
import io.threadlens.comparison.DifferenceNode;
import io.threadlens.comparison.SideTimes;
import io.threadlens.view.detail.FlameGraph;
import io.threadlens.view.detail.FlamePainter;
import io.threadlens.view.detail.FlamePicture;
import io.threadlens.view.theme.Palette;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/** The flame graph of two sides: as wide as the time of one of them, in the colours of the difference. */
final class DifferenceGraph extends FlameGraph<DifferenceNode, DifferenceGraph.Question> {
    /**
     * @param by   what is set against each other
     * @param ofA  whether boxes are as wide as a's time; else as b's
     * @param zoom the functions down to the box that is to be the widest; none for everything
     */
    record Question(CallDifference difference, Measure measure, ComparedBy by, boolean ofA, List<Function> zoom, double width) {
        private FlamePicture<DifferenceNode, Question> answer() {
            return FlamePicture.of(this, difference.topDown(), timeOf(ofA), zoom, width);
        }

        /** The time of one side. */
        ToLongFunction<DifferenceNode> timeOf(boolean a) {
            return node -> a ? node.times().a(measure) : node.times().b(measure);
        }

        CallChange change(SideTimes times) {
            return difference.change(times, measure, by);
        }
    }

    private final SideNames names;
    private final ObjectProperty<Measure> measure = new SimpleObjectProperty<>(Measure.WALL);
    private final BooleanProperty byShare = new SimpleBooleanProperty();
    private final BooleanProperty ofA = new SimpleBooleanProperty();
    private final StringProperty search = new SimpleStringProperty("");
    private @Nullable CallDifference difference;

    DifferenceGraph(SideNames names, int pixelScale, Consumer<Throwable> onFailure) {
        super("flame-difference", Question::answer, pixelScale, onFailure);
        this.names = names;
        measure.addListener(o -> ask());
        byShare.addListener(o -> ask());
        ofA.addListener(o -> ask());
        search.addListener(o -> repaint());
    }

    /** Which time counts. */
    ObjectProperty<Measure> measure() {
        return measure;
    }

    /** Whether shares are compared; else times. */
    BooleanProperty byShare() {
        return byShare;
    }

    /** Whether boxes are as wide as a's time; else as b's. */
    BooleanProperty ofA() {
        return ofA;
    }

    /** What functions and files are looked for by; empty for none. */
    StringProperty search() {
        return search;
    }

    void show(CallDifference compared) {
        difference = compared;
        ask();
    }

    @Override
    protected @Nullable Question question(List<Function> path, double width) {
        return difference == null ? null : new Question(difference, measure.get(), byShare.get() ? ComparedBy.SHARE : ComparedBy.TIME, ofA.get(), path, width);
    }

    @Override
    protected FlamePainter<DifferenceNode> painter(GraphicsContext g, Palette palette, FlamePicture<DifferenceNode, Question> shown) {
        return new DifferenceBoxes(g, palette, shown.question(), search.get().strip());
    }

    @Override
    protected String text(FlamePicture<DifferenceNode, Question> shown, int box) {
        return DifferenceWords.text(shown.question(), names, shown.box(box).node());
    }

    @Override
    protected Node tip(FlamePicture<DifferenceNode, Question> shown, int box) {
        return DifferenceWords.content(shown.question(), names, shown.box(box).node());
    }
}
