package io.threadlens.view.detail;

import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.view.data.CodeSelection;
import io.threadlens.view.theme.Palette;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ContextMenu;
import org.jspecify.annotations.Nullable;

/** The flame graph of a part of a recording; a menu leads to where else a function is to be seen. */
final class FlameView extends FlameGraph<CallNode, FlameView.Question> {
    /**
     * @param fromLeaf whether calls are merged from the innermost on
     * @param zoom     the functions down to the box that is to be the widest; none for everything
     * @param width    pixels
     */
    record Question(CallTimes times, boolean fromLeaf, Measure measure, List<Function> zoom, double width) {
        private FlamePicture<CallNode, Question> answer() {
            return FlamePicture.of(this, fromLeaf ? times.bottomUp() : times.topDown(), measure::of, zoom, width);
        }
    }

    private final CodeSelection code;
    private @Nullable CallTimes times;
    private String everything = "";

    FlameView(CodeSelection code, int pixelScale, Consumer<Throwable> onFailure) {
        super("flame", Question::answer, pixelScale, onFailure);
        this.code = code;
        code.measure().addListener(o -> ask());
        code.search().addListener(o -> repaint());
        code.flameUpwards().addListener(o -> turned());
        code.flameFromLeaf().addListener(o -> zoomTo(List.of()));
    }

    /** Shows another part. */
    void show(CallTimes counted, String who) {
        times = counted;
        everything = who;
        ask();
    }

    @Override
    protected @Nullable Question question(List<Function> path, double width) {
        return times == null ? null : new Question(times, code.flameFromLeaf().get(), code.measure().get(), path, width);
    }

    @Override
    protected FlamePainter<CallNode> painter(GraphicsContext g, Palette palette, FlamePicture<CallNode, Question> shown) {
        return new StateBoxes(g, palette, shown.question().measure(), code.search().get().strip(), everything);
    }

    @Override
    protected String text(FlamePicture<CallNode, Question> shown, int box) {
        return CallWords.text(shown, box);
    }

    @Override
    protected Node tip(FlamePicture<CallNode, Question> shown, int box) {
        return CallWords.content(shown, box);
    }

    @Override
    protected ContextMenu menuOf(Function function) {
        return CodeMenu.of(code, function);
    }

    @Override
    protected boolean isUpwards() {
        return code.flameUpwards().get();
    }
}
