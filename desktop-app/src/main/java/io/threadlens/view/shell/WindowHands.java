package io.threadlens.view.shell;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording.Mark;
import io.threadlens.session.SettingsStore;
import io.threadlens.view.actions.ActionWindow;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Appearance;
import io.threadlens.view.theme.Theme;
import org.jspecify.annotations.Nullable;

/** What actions do with a window, and the sheets that they show in front of it. */
final class WindowHands implements ActionWindow {
    private final AppWindow window;
    private final WindowFrame frame;
    private final SettingsStore settings;
    private final Sheet sheet = new Sheet();

    WindowHands(AppWindow window, WindowFrame frame, SettingsStore settings) {
        this.window = window;
        this.frame = frame;
        this.settings = settings;
    }

    /** To lie over everything else in the window. */
    Sheet sheet() {
        return sheet;
    }

    @Override
    public @Nullable TimelineModel model() {
        return window.model();
    }

    @Override
    public boolean isComparison() {
        return window.isComparison();
    }

    @Override
    public void chooseRecording() {
        window.chooseRecording();
    }

    @Override
    public void chooseComparison() {
        window.chooseComparison();
    }

    @Override
    public void chooseRuns() {
        window.chooseRuns();
    }

    @Override
    public void chooseAttach() {
        window.chooseAttach();
    }

    @Override
    public void chooseProgram() {
        window.chooseProgram();
    }

    @Override
    public void saveAs() {
        window.saveAs();
    }

    @Override
    public void stopRecording() {
        window.stopRecording();
    }

    @Override
    public void closeWindow() {
        frame.close();
    }

    @Override
    public void focusSearch() {
        frame.bar().search().requestFocus();
    }

    @Override
    public void showPalette() {
        CommandPalette palette = new CommandPalette(this, sheet::hide);
        sheet.show(palette, palette.first());
    }

    @Override
    public void showKeys() {
        KeysPage page = new KeysPage(this::showSettings);
        sheet.show(page, page.first());
    }

    @Override
    public void showSettings() {
        SettingsPage page = new SettingsPage(settings);
        sheet.show(page, page.first());
    }

    @Override
    public void markCursor() {
        TimelineModel model = model();
        TimelineModel.Instant at = model == null ? null : model.cursor();
        if (model != null && at != null) {
            writeMark(model, at.ns(), at.ns());
        }
    }

    @Override
    public void markRange() {
        TimelineModel model = model();
        TimeRange range = model == null ? null : model.selection().get();
        if (model != null && range != null) {
            writeMark(model, range.startNs(), range.endNs());
        }
    }

    private void writeMark(TimelineModel model, long startNs, long endNs) {
        MarkEditor editor = new MarkEditor(model, startNs, endNs, sheet::hide);
        sheet.show(editor, editor.first());
    }

    @Override
    public void showMarks() {
        TimelineModel model = model();
        if (model != null) {
            MarksPage page = new MarksPage(model, mark -> edit(model, mark), sheet::hide);
            sheet.show(page, page.first());
        }
    }

    private void edit(TimelineModel model, @Nullable Mark mark) {
        if (mark != null) {
            writeMark(model, mark.time(), mark.end());
        }
    }

    @Override
    public void switchTheme() {
        (Theme.current().get().isDark() ? Appearance.LIGHT : Appearance.DARK).choose(settings);
    }

    @Override
    public void switchColours() {
        Appearance.chooseSafe(settings, !Appearance.isSafe(settings.get()));
    }
}
