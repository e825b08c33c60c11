package io.threadlens.view.welcome;

import atlantafx.base.theme.Styles;
import io.threadlens.model.Progress;
import io.threadlens.session.Configuration;
import io.threadlens.session.Configuration.Kind;
import io.threadlens.session.Interpreters;
import io.threadlens.session.PairPlan;
import io.threadlens.session.Script;
import io.threadlens.session.Target;
import io.threadlens.view.data.Background;
import io.threadlens.view.theme.Icons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** Asks which program is to be recorded with the GIL and without, under which interpreters, and how often. */
public final class CompareForm extends ScrollPane {
    /** Asks interpreters what they are; null stands for the one that was found. Waits. */
    @FunctionalInterface
    public interface Finder {
        Interpreters find(@Nullable String freeThreaded, @Nullable String gil) throws IOException, InterruptedException;
    }

    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final double WIDTH = 700;
    private static final double MOST_SECONDS = 1e9;
    private static final String BETWEEN_NUMBERS = "[,;\\s]+";

    private final Finder finder;
    private final Consumer<PairPlan> onStart;
    private final TextField script = field("compare-script", "app.py, or -m package.module", "");
    private final TextField arguments = field("compare-arguments", "none", "");
    private final TextField freeThreaded = field("compare-free", "none", "");
    private final TextField gil = field("compare-gil", "none", "");
    private final TextField repeats = field("compare-repeats", "1", "3");
    private final TextField threads = field("compare-threads", "its own, or 1,2,4", "");
    private final TextField limit = field("compare-limit", "none", "");
    private final Label aboutFree = caption("compare-free-found");
    private final Label aboutGil = caption("compare-gil-found");
    private final Label amount = caption("compare-amount");
    private final Label problem = new Label();
    private final Button start = new Button("Run and compare", Icons.of(MaterialDesignP.PLAY));
    private @Nullable Interpreters found;
    private Progress asking = new Progress();
    /** What was written in the fields of the interpreters when they were asked. */
    private String asked = "";

    /**
     * @param choose  asks for a script; null where nobody wanted to
     * @param onStart told what is to be recorded
     * @param instead leads to where one compares two recordings that there are
     */
    public CompareForm(Finder finder, Supplier<@Nullable Path> choose, Consumer<PairPlan> onStart, Runnable instead) {
        this.finder = finder;
        this.onStart = onStart;
        setId("compare-form");
        getStyleClass().add("edge-to-edge");
        setFitToWidth(true);
        setFitToHeight(true);
        Label headline = new Label("Run a program with and without the GIL");
        headline.getStyleClass().add("headline");
        Label subline = new Label("It is recorded under each Python in turn, several times over, and the recordings are compared.");
        subline.getStyleClass().add("subline");
        subline.setWrapText(true);
        subline.setMinHeight(USE_PREF_SIZE);
        Hyperlink other = new Hyperlink("Compare two recordings that there are already");
        other.setId("compare-recordings");
        other.setOnAction(e -> instead.run());
        problem.setId("compare-problem");
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        start.setId("compare-start");
        start.getStyleClass().add(Styles.ACCENT);
        start.setDefaultButton(true);
        start.setMinWidth(USE_PREF_SIZE);
        start.setOnAction(e -> start());
        HBox bottom = new HBox(12, start, amount);
        bottom.setAlignment(Pos.CENTER_LEFT);
        VBox form = new VBox(8, headline, subline, grid(choose), bottom, problem, other);
        form.setMaxWidth(WIDTH);
        VBox.setMargin(other, new Insets(6, 0, 0, 0));
        VBox middle = new VBox(form);
        middle.getStyleClass().add("pair-form");
        middle.setAlignment(Pos.CENTER);
        setContent(middle);
        for (TextField python : List.of(freeThreaded, gil)) {
            python.focusedProperty().addListener((o, was, is) -> {
                if (!is && !asked.equals(both())) {
                    look();
                }
            });
        }
        for (TextField number : List.of(repeats, threads)) {
            number.textProperty().addListener(o -> tellAmount());
        }
        sceneProperty().addListener((o, was, is) -> Platform.runLater(script::requestFocus));
        look();
    }

    private GridPane grid(Supplier<@Nullable Path> choose) {
        Button open = new Button("Choose…", Icons.of(MaterialDesignF.FOLDER_OPEN_OUTLINE));
        open.setId("compare-choose");
        open.setMinWidth(USE_PREF_SIZE);
        open.setOnAction(e -> {
            Path chosen = choose.get();
            if (chosen != null) {
                script.setText(quoted(chosen.toString()));
            }
        });
        HBox.setHgrow(script, Priority.ALWAYS);
        repeats.setPrefColumnCount(3);
        threads.setPrefColumnCount(12);
        limit.setPrefColumnCount(5);
        HBox numbers = new HBox(8, repeats, name("Thread counts"), threads, name("Time limit"), limit, name("s"));
        numbers.setAlignment(Pos.CENTER_LEFT);
        Label meaning = caption("compare-meaning");
        meaning.setText("The program finds each thread count in the variable THREADS, or where {threads} stands in its arguments. "
                + "The time limit ends a run that does not end by itself.");
        GridPane grid = new GridPane(12, 6);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(USE_PREF_SIZE);
        grid.getColumnConstraints().addAll(names, fields);
        grid.addRow(0, new Label("Program"), new HBox(8, script, open));
        grid.addRow(1, new Label("Arguments"), arguments);
        grid.addRow(2, new Label("Free-threaded Python"), freeThreaded);
        grid.add(aboutFree, 1, 3);
        grid.addRow(4, new Label("Python with the GIL"), gil);
        grid.add(aboutGil, 1, 5);
        grid.addRow(6, new Label("Repeats"), numbers);
        grid.add(meaning, 1, 7);
        return grid;
    }

    private static TextField field(String id, String prompt, String text) {
        TextField field = new TextField(text);
        field.setId(id);
        field.setPromptText(prompt);
        return field;
    }

    private static Label name(String text) {
        Label label = new Label(text);
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static Label caption(String id) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().add("caption");
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    /** As one word, which {@link StartForm#words} reads again. */
    private static String quoted(String path) {
        boolean plain = path.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'');
        String quote = path.contains("\"") ? "'" : "\"";
        return plain ? path : quote + path + quote;
    }

    // ---- the interpreters

    /** Asks the interpreters that are named, in the background. */
    private void look() {
        asking.cancel();
        asking = new Progress();
        asked = both();
        String free = named(freeThreaded);
        String with = named(gil);
        aboutFree.setText("Looking …");
        aboutGil.setText("Looking …");
        Background.run(asking, () -> finder.find(free, with), this::found, failure -> {
            found = null;
            String why = String.valueOf(failure.getMessage());
            boolean ofFree = free != null && why.startsWith(free);
            tell(aboutFree, ofFree ? why : "", true);
            tell(aboutGil, ofFree ? "" : why, true);
            tellAmount();
        });
    }

    private String both() {
        return freeThreaded.getText() + "\n" + gil.getText();
    }

    private static @Nullable String named(TextField python) {
        String text = python.getText().strip();
        return text.isEmpty() ? null : text;
    }

    private void found(Interpreters interpreters) {
        found = interpreters;
        propose(freeThreaded, interpreters, Kind.FREE_THREADED);
        propose(gil, interpreters, Kind.GIL_BUILD);
        asked = both();
        about(aboutFree, interpreters, Kind.FREE_THREADED, "runs with the GIL on, and without it");
        about(aboutGil, interpreters, Kind.GIL_BUILD, "has the GIL");
        if (reason(interpreters, Kind.FREE_THREADED) == null && reason(interpreters, Kind.GIL_BUILD) instanceof String reason) {
            tell(aboutGil, "Left out: " + reason + ". The free-threaded one with the GIL on is compared instead.", true);
        } else if (interpreters.note() instanceof String note) {
            tell(aboutGil, sentence(note), true);
        }
        tellAmount();
    }

    private static void propose(TextField python, Interpreters interpreters, Kind kind) {
        Configuration configuration = of(interpreters, kind);
        if (configuration != null && named(python) == null) {
            python.setText(configuration.python().getFirst());
        }
    }

    private static void about(Label label, Interpreters interpreters, Kind kind, String meaning) {
        Configuration configuration = of(interpreters, kind);
        if (configuration == null) {
            tell(label, "Left out: " + reason(interpreters, kind) + ".", true);
        } else {
            tell(label, "Python " + configuration.version() + ": " + meaning + ".", false);
        }
    }

    private static void tell(Label label, String text, boolean warning) {
        label.setText(text);
        label.pseudoClassStateChanged(WARNING, warning);
    }

    private static @Nullable Configuration of(Interpreters interpreters, Kind kind) {
        return interpreters.configurations().stream().filter(configuration -> configuration.kind() == kind).findFirst().orElse(null);
    }

    private static @Nullable String reason(Interpreters interpreters, Kind kind) {
        return interpreters.missing().stream().filter(missing -> missing.kind() == kind).map(Interpreters.Missing::reason).findFirst().orElse(null);
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    /** Says how many runs there will be. */
    private void tellAmount() {
        int rounds = repeats(repeats.getText());
        List<Integer> counts = counts(threads.getText());
        if (found == null || rounds == 0 || counts == null || found.configurations().size() < 2) {
            amount.setText("");
            return;
        }
        int configurations = found.configurations().size();
        long runs = (long) configurations * rounds * Math.max(1, counts.size());
        String each = counts.size() < 2 ? "" : " × " + counts.size() + " thread counts";
        amount.setText(runs + " runs: " + configurations + " configurations" + each + (rounds == 1 ? "" : " × " + rounds + " rounds"));
    }

    // ---- the start

    private void start() {
        List<String> words = new ArrayList<>(StartForm.words(script.getText()));
        if (words.isEmpty()) {
            refuse("Say which program to run.", script);
            return;
        }
        words.addAll(StartForm.words(arguments.getText()));
        Script program = new Script(words);
        String misuse = program.misuse();
        int rounds = repeats(repeats.getText());
        List<Integer> counts = counts(threads.getText());
        double seconds = limit(limit.getText());
        if (misuse != null) {
            refuse(sentence(misuse), script);
        } else if (rounds == 0) {
            refuse("Repeats is a number from 1 to " + PairPlan.MOST_REPEATS + ".", repeats);
        } else if (counts == null) {
            refuse("Thread counts are different numbers from 1 to " + PairPlan.MOST_THREADS + ", with commas between.", threads);
        } else if (Double.isNaN(seconds)) {
            refuse("The time limit is a number of seconds.", limit);
        } else {
            check(program, rounds, counts, seconds == 0 ? null : seconds);
        }
    }

    private void refuse(String why, Node where) {
        problem.setText(why);
        where.requestFocus();
    }

    /** Looks at the machine, in the background, and tells what is to be recorded where all is there. */
    private void check(Script program, int rounds, List<Integer> counts, @Nullable Double seconds) {
        String free = named(freeThreaded);
        String with = named(gil);
        problem.setText("");
        start.setDisable(true);
        Background.run(
                () -> {
                    program.check();
                    Interpreters interpreters = finder.find(free, with);
                    if (interpreters.configurations().size() < 2) {
                        throw new IOException("there is nothing to compare: " + interpreters.missing().getLast().reason());
                    }
                    return new PairPlan(interpreters, program, rounds, counts, seconds, Target.DEFAULT_RATE_HZ);
                },
                plan -> {
                    start.setDisable(false);
                    onStart.accept(plan);
                },
                failure -> {
                    start.setDisable(false);
                    problem.setText(sentence(String.valueOf(failure.getMessage())));
                });
    }

    // ---- what is written in the fields

    /** 0 where it is no number of repeats. */
    static int repeats(String text) {
        List<Integer> one = numbers(text, PairPlan.MOST_REPEATS);
        return one != null && one.size() == 1 ? one.getFirst() : 0;
    }

    /** Different numbers; null where it is something else. */
    static @Nullable List<Integer> counts(String text) {
        List<Integer> all = numbers(text, PairPlan.MOST_THREADS);
        return all != null && new HashSet<>(all).size() == all.size() ? all : null;
    }

    /** Seconds; 0 where there is none, NaN where it is something else. */
    static double limit(String text) {
        if (text.isBlank()) {
            return 0;
        }
        try {
            double seconds = Double.parseDouble(text.strip());
            return seconds > 0 && seconds < MOST_SECONDS ? seconds : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static @Nullable List<Integer> numbers(String text, int most) {
        List<Integer> all = new ArrayList<>();
        for (String word : text.strip().split(BETWEEN_NUMBERS)) {
            if (word.isEmpty()) {
                continue;
            }
            try {
                int number = Integer.parseInt(word);
                if (number < 1 || number > most) {
                    return null;
                }
                all.add(number);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return all;
    }
}
