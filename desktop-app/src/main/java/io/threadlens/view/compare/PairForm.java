package io.threadlens.view.compare;

import atlantafx.base.theme.Styles;
import io.threadlens.view.theme.Icons;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** Asks which two recordings are to be compared. */
public final class PairForm extends VBox {
    private static final double WIDTH = 620;

    private final ObjectProperty<@Nullable Path> a = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Path> b = new SimpleObjectProperty<>();

    /**
     * @param a       what is chosen already; null for nothing
     * @param choose  asks for a file; null where nobody wanted to
     * @param compare told of both
     * @param instead leads to where both are recorded first
     */
    public PairForm(@Nullable Path a, @Nullable Path b, Supplier<@Nullable Path> choose, BiConsumer<Path, Path> compare, Runnable instead) {
        this.a.set(a);
        this.b.set(b);
        setId("pair-form");
        getStyleClass().add("pair-form");
        setAlignment(Pos.CENTER);
        Label headline = new Label("Compare two recordings");
        headline.getStyleClass().add("headline");
        Label subline = new Label("Of one program: with the GIL and without, before a change and after.");
        subline.getStyleClass().add("subline");
        GridPane grid = new GridPane(12, 10);
        ColumnConstraints words = new ColumnConstraints(0, 100, Double.MAX_VALUE);
        words.setHgrow(Priority.ALWAYS);
        ColumnConstraints fixed = new ColumnConstraints();
        fixed.setMinWidth(USE_PREF_SIZE);
        grid.getColumnConstraints().addAll(new ColumnConstraints(28), words, fixed);
        add(grid, 0, "A", "What is compared with: with the GIL, or before the change", this.a, choose);
        add(grid, 1, "B", "What is compared: free-threaded, or after the change", this.b, choose);
        Button swap = new Button("Swap", Icons.of(MaterialDesignS.SWAP_VERTICAL));
        swap.setId("pair-swap");
        swap.setOnAction(e -> {
            Path was = this.a.get();
            this.a.set(this.b.get());
            this.b.set(was);
        });
        Button go = new Button("Compare", Icons.of(MaterialDesignC.COMPARE_VERTICAL));
        go.setId("pair-compare");
        go.getStyleClass().add(Styles.ACCENT);
        go.setDefaultButton(true);
        go.disableProperty().bind(Bindings.createBooleanBinding(() -> this.a.get() == null || this.b.get() == null, this.a, this.b));
        go.setOnAction(e -> {
            Path first = this.a.get();
            Path second = this.b.get();
            if (first != null && second != null) {
                compare.accept(first, second);
            }
        });
        HBox buttons = new HBox(8, go, swap);
        buttons.setAlignment(Pos.CENTER_LEFT);
        Hyperlink other = new Hyperlink("Run a program with and without the GIL, and compare that");
        other.setId("pair-runs");
        other.setOnAction(e -> instead.run());
        VBox form = new VBox(6, headline, subline, grid, buttons, other);
        form.setMaxWidth(WIDTH);
        VBox.setMargin(buttons, new Insets(10, 0, 0, 0));
        getChildren().add(form);
    }

    private static void add(GridPane grid, int row, String letter, String meaning, ObjectProperty<@Nullable Path> file, Supplier<@Nullable Path> choose) {
        String id = letter.toLowerCase(Locale.ROOT);
        Label side = new Label(letter);
        side.getStyleClass().addAll("side-letter", "side-" + id);
        Label name = new Label();
        name.setId("pair-" + id);
        name.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        name.textProperty().bind(Bindings.createStringBinding(() -> file.get() == null ? meaning : String.valueOf(file.get()), file));
        Button open = new Button("Choose…", Icons.of(MaterialDesignF.FOLDER_OPEN_OUTLINE));
        open.setId("pair-choose-" + id);
        open.setOnAction(e -> {
            Path chosen = choose.get();
            if (chosen != null) {
                file.set(chosen);
            }
        });
        grid.addRow(row, side, name, open);
    }
}
