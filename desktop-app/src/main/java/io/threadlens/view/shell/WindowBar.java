package io.threadlens.view.shell;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.actions.ActionWindow;
import io.threadlens.view.compare.LinkedTimelines;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.lanes.LaneMenu;
import io.threadlens.view.theme.Icons;
import io.threadlens.view.theme.Theme;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Separator;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignW;

/** The bar at the top of a window: what can be done, and where one is. */
public final class WindowBar extends HBox {
    /** From this width on buttons have words beside the name of a recording. */
    private static final double ROOMY = 1080;

    /** Kept here, held weakly by the theme: a window that is closed goes away. */
    private final InvalidationListener themeListener = o -> showTheme();
    private final MenuButton record = new MenuButton("Attach", Icons.of(MaterialDesignC.CONNECTION));
    private final Button open = button("Open", MaterialDesignF.FOLDER_OPEN_OUTLINE);
    private final SplitMenuButton compare = new SplitMenuButton();
    private final Button save = button("Save as", MaterialDesignC.CONTENT_SAVE_OUTLINE);
    private final Button stop = button("Stop", MaterialDesignS.STOP);
    private final ToggleButton follow = new ToggleButton();
    private final Label title = new Label();
    private final Label range = new Label();
    private final MenuButton count = new MenuButton();
    private final CustomTextField search = new CustomTextField();
    private final Button theme = new Button();
    private final MenuButton menu = new MenuButton(null, Icons.of(MaterialDesignM.MENU));
    private final List<Node> ofRecording;
    private @Nullable TimelineModel model;
    private @Nullable TimelineModel other;

    public WindowBar() {
        getStyleClass().add("window-bar");
        setAlignment(Pos.CENTER_LEFT);
        record.setId("attach");
        record.setMinWidth(Region.USE_PREF_SIZE);
        open.setId("open");
        compare.setId("compare");
        compare.setText("Compare");
        compare.setGraphic(Icons.of(MaterialDesignC.COMPARE_VERTICAL));
        compare.setMinWidth(Region.USE_PREF_SIZE);
        save.setId("save");
        stop.setId("stop");
        follow.setId("follow");
        follow.setGraphic(Icons.of(MaterialDesignR.RECORD));
        follow.getStyleClass().add("follow");
        title.getStyleClass().add("window-title");
        title.setMinWidth(40);
        range.setId("range");
        range.getStyleClass().add("caption");
        range.setMinWidth(Region.USE_PREF_SIZE);
        count.setId("thread-count");
        count.getStyleClass().addAll("lane-menu", Styles.FLAT);
        count.setMinWidth(Region.USE_PREF_SIZE);
        count.setTooltip(new Tooltip("Group, sort and filter threads"));
        search.setId("search");
        search.setPromptText("Search threads");
        search.setLeft(Icons.of(MaterialDesignM.MAGNIFY));
        search.setPrefWidth(170);
        search.setMinWidth(110);
        theme.setId("theme");
        theme.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        theme.setAccessibleText("Switch between light and dark");
        menu.setId("menu");
        menu.setAccessibleText("Menu");
        menu.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Tweaks.NO_ARROW);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Separator separator = new Separator(Orientation.VERTICAL);
        ofRecording = List.of(save, stop, separator, follow, title, range, count, search);
        getChildren().addAll(List.of(record, open, compare, save, stop, separator, follow, title, gap, range, count, search, theme, menu));
        ofRecording.forEach(node -> node.managedProperty().bind(node.visibleProperty()));
        widthProperty().addListener(o -> fit());
        Theme.current().addListener(new WeakInvalidationListener(themeListener));
        showTheme();
        show(null, "");
    }

    /** Makes the buttons and menus do something. */
    void bind(ActionWindow window) {
        ActionControls.add(record, "attach", MaterialDesignT.TARGET, window);
        ActionControls.add(record, "start", MaterialDesignP.PLAY, window);
        ActionControls.bind(open, "open", "Open a recording", window);
        ActionControls.bind(compare, "compare", "See how two recordings differ", window);
        ActionControls.add(compare, "compare", MaterialDesignC.COMPARE_VERTICAL, window);
        ActionControls.add(compare, "runs", MaterialDesignP.PLAY_BOX_MULTIPLE_OUTLINE, window);
        ActionControls.bind(save, "save", "Keep the recording under a name of its own", window);
        ActionControls.bind(stop, "stop", "End the recording; it is saved", window);
        ActionControls.bind(theme, "theme", "Light or dark", window);
        ActionControls.tell(follow, "follow", "Keep the newest moment in view; panning lets go");
        ActionControls.tell(search, "search", "Only threads whose name or number has these words");
        ActionControls.add(menu, "palette", MaterialDesignM.MAGNIFY, window);
        ActionControls.add(menu, "marks", MaterialDesignF.FLAG_OUTLINE, window);
        ActionControls.add(menu, "settings", MaterialDesignC.COG_OUTLINE, window);
        ActionControls.add(menu, "keys", MaterialDesignH.HELP_CIRCLE_OUTLINE, window);
    }

    /** Where there is little room, the name of what is shown has it, and buttons are their pictures. */
    private void fit() {
        ContentDisplay display = model != null && getWidth() < ROOMY ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT;
        List.of(open, compare, save).forEach(button -> button.setContentDisplay(display));
    }

    private static Button button(String text, Ikon icon) {
        Button button = new Button(text, Icons.of(icon));
        button.setAccessibleText(text);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private void showTheme() {
        theme.setGraphic(Icons.of(Theme.current().get().isDark() ? MaterialDesignW.WHITE_BALANCE_SUNNY : MaterialDesignW.WEATHER_NIGHT));
    }

    /** The bar is about two recordings from now on: what it says and does of lanes and time holds for both. */
    public void showPair(LinkedTimelines links, String name) {
        other = links.b();
        show(links.a(), name);
        links.b().lanes().addListener(o -> update(links.a()));
    }

    /** What the bar is about from now on; null where no recording is open. */
    public void show(@Nullable TimelineModel shown, String name) {
        if (model != null) {
            throw new IllegalStateException("a bar is for one recording");
        }
        ofRecording.forEach(node -> node.setVisible(shown != null));
        if (shown == null) {
            return;
        }
        model = shown;
        title.setText(name);
        title.setTooltip(new Tooltip(name));
        follow.selectedProperty().bindBidirectional(shown.following());
        follow.setOnAction(e -> {
            if (follow.isSelected()) {
                shown.end();
            }
        });
        count.getItems().setAll(LaneMenu.items(shown.arranging()));
        shown.arranging().order().addListener(o -> count.getItems().setAll(LaneMenu.items(shown.arranging())));
        search.textProperty().bindBidirectional(shown.search());
        InvalidationListener changed = o -> update(shown);
        shown.data().addListener(changed);
        shown.viewport().addListener(changed);
        shown.lanes().addListener(changed);
        shown.following().addListener(changed);
        update(shown);
    }

    private void update(TimelineModel shown) {
        RecordingData data = shown.data().get();
        boolean live = data.isLive();
        follow.setVisible(live);
        stop.setVisible(live);
        save.setVisible(!live && other == null);
        range.setVisible(other == null);
        follow.setText(TimeFormat.clock(data.range().lengthNs()) + (shown.following().get() ? "  following" : "  recording"));
        TimeRange visible = shown.viewport().get().range();
        range.setText("showing " + TimeFormat.length(visible.lengthNs()));
        String threads = lanes(shown) + (other == null ? "" : " and " + lanes(other));
        count.setText(threads + (threads.equals("1") ? " thread" : " threads"));
    }

    /** How many threads have a lane, and how many there are where that is more. */
    private static String lanes(TimelineModel shown) {
        int all = shown.data().get().threads().size();
        int lanes = shown.lanes().get().threads().size();
        return lanes == all ? Integer.toString(all) : lanes + " of " + all;
    }

    String name() {
        return title.getText();
    }

    TextField search() {
        return search;
    }
}
