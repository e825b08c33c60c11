package io.threadlens.view.welcome;

import io.threadlens.session.PythonProcess;
import io.threadlens.session.Samples.Sample;
import io.threadlens.view.theme.Icons;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** What to do while nothing is open: attach, start a program, or open a recording. */
public final class WelcomePage extends HBox {
    /** What the page can do. */
    public interface Actions {
        void attach(int pid);

        void start(List<String> command);

        void chooseRecording();

        void open(Path recording);

        void chooseComparison();

        void chooseRuns();
    }

    private final TabPane ways = new TabPane();
    private final Tab attach;
    private final Tab start;
    private final Tab samples;

    public WelcomePage(
            Callable<List<PythonProcess>> processes,
            String defaultPython,
            List<Path> recent,
            Callable<List<Sample>> sampleList,
            Optional<List<String>> sample,
            Actions actions) {
        getStyleClass().add("welcome");
        IntConsumer attachTo = actions::attach;
        Consumer<List<String>> startCommand = actions::start;
        attach = new Tab("Attach to a running process", new ProcessPicker(processes, attachTo));
        start = new Tab("Start a program", new StartForm(defaultPython, startCommand));
        SampleList list = new SampleList(sampleList, chosen -> actions.start(chosen.command()));
        samples = new Tab("Try a sample", list);
        samples.selectedProperty().addListener((o, was, is) -> list.load());
        ways.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        ways.getTabs().addAll(List.of(attach, start, samples));
        Label headline = new Label("See what your threads wait for");
        headline.getStyleClass().add("headline");
        Label subline = new Label("Records every thread of a running Python from outside. Nothing is injected, nothing is stopped.");
        subline.getStyleClass().add("subline");
        subline.setWrapText(true);
        subline.setMinHeight(USE_PREF_SIZE);
        VBox left = new VBox(6, headline, subline, ways);
        left.getStyleClass().add("welcome-main");
        VBox.setVgrow(ways, Priority.ALWAYS);
        HBox.setHgrow(left, Priority.ALWAYS);
        getChildren().addAll(List.of(left, recordings(recent, sample, actions)));
    }

    private static Node recordings(List<Path> recent, Optional<List<String>> sample, Actions actions) {
        Label title = new Label("Recordings");
        title.getStyleClass().add("side-title");
        Button open = new Button("Open a recording…", Icons.of(MaterialDesignF.FOLDER_OPEN_OUTLINE));
        open.setId("welcome-open");
        open.setMaxWidth(Double.MAX_VALUE);
        open.setOnAction(e -> actions.chooseRecording());
        Label drop = new Label("Or drop them anywhere on the window.");
        drop.getStyleClass().add("caption");
        drop.setWrapText(true);
        drop.setMinHeight(USE_PREF_SIZE);
        Button compare = new Button("Compare two…", Icons.of(MaterialDesignC.COMPARE_VERTICAL));
        compare.setId("welcome-compare");
        compare.setMaxWidth(Double.MAX_VALUE);
        compare.setTooltip(new Tooltip("A program with the GIL and without, before a change and after: what became faster, and where the rest went."));
        compare.setOnAction(e -> actions.chooseComparison());
        Button runs = new Button("Run with and without GIL…", Icons.of(MaterialDesignP.PLAY_BOX_MULTIPLE_OUTLINE));
        runs.setId("welcome-runs");
        runs.setMaxWidth(Double.MAX_VALUE);
        runs.setTooltip(new Tooltip("Records your program under each Python there is, and compares: how much faster it is without the GIL, and where the rest went."));
        runs.setOnAction(e -> actions.chooseRuns());
        VBox side = new VBox(10, title, open, drop, compare, runs);
        sample.ifPresent(command -> {
            Button button = new Button("Record a sample", Icons.of(MaterialDesignP.PLAY_CIRCLE_OUTLINE));
            button.setId("welcome-sample");
            button.setTooltip(new Tooltip("Starts a small program whose threads queue for one lock, compute, read and sleep, and records it for "
                    + "its ten seconds."));
            button.setMaxWidth(Double.MAX_VALUE);
            button.setOnAction(e -> actions.start(command));
            side.getChildren().add(button);
        });
        VBox links = new VBox(2);
        for (Path path : recent) {
            Hyperlink link = new Hyperlink(String.valueOf(path.getFileName()).replaceFirst("\\.threadlens$", ""));
            link.setTooltip(new Tooltip(path.toString()));
            link.setOnAction(e -> actions.open(path));
            links.getChildren().add(link);
        }
        if (recent.isEmpty()) {
            Label none = new Label("What you record or open is listed here.");
            none.getStyleClass().add("caption");
            none.setWrapText(true);
            links.getChildren().add(none);
        }
        ScrollPane scroll = new ScrollPane(links);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        Label recentTitle = new Label("Recent");
        recentTitle.getStyleClass().add("side-title");
        side.getChildren().addAll(List.of(recentTitle, scroll));
        side.setAlignment(Pos.TOP_LEFT);
        side.getStyleClass().add("welcome-side");
        return side;
    }

    /** Brings the process picker to the front. */
    public void showAttach() {
        ways.getSelectionModel().select(attach);
    }

    /** Brings the form for a program to the front. */
    public void showStart() {
        ways.getSelectionModel().select(start);
    }
}
