package io.threadlens.view.shell;

import io.threadlens.model.Progress;
import io.threadlens.recording.Recording;
import io.threadlens.session.PairPlan;
import io.threadlens.session.RunSet;
import io.threadlens.session.SetComparison;
import io.threadlens.session.SetSides;
import io.threadlens.view.compare.Alignment;
import io.threadlens.view.compare.ComparePage;
import io.threadlens.view.compare.PairData;
import io.threadlens.view.compare.PairForm;
import io.threadlens.view.compare.SetWords;
import io.threadlens.view.data.Background;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.welcome.CompareForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;

/** A window in which two recordings are compared; before that it asks which, or records a program with the GIL and without. */
public final class ComparisonWindow implements AppWindow {
    /**
     * Two recordings of two files.
     *
     * @param set whose first runs they are; null where they are two for themselves
     */
    private record Opened(Path fileA, Recording a, Path fileB, Recording b, @Nullable SetComparison set) {
        PairData count() {
            PairData pair = PairData.of(PairData.nameOf(fileA, fileB), a, PairData.nameOf(fileB, fileA), b);
            return set == null ? pair : pair.in(set);
        }
    }

    private final Stage stage;
    private final Desk desk;
    private final WindowFrame frame;
    private final Banners banners;
    private @Nullable ComparePage page;
    private @Nullable MarkKeeper keeperA;
    private @Nullable MarkKeeper keeperB;
    private @Nullable Path fileOfA;
    /** What one writes in it is there still after its runs. */
    private @Nullable CompareForm form;
    private @Nullable SetRun run;
    private boolean opening;
    private boolean closing;

    public ComparisonWindow(Stage stage, Desk desk) {
        this.stage = stage;
        this.desk = desk;
        frame = new WindowFrame(stage, desk, this, this::dropped);
        banners = frame.banners();
        stage.setOnCloseRequest(this::closeRequested);
        stage.setOnHiding(e -> WindowLayout.remember(stage, null, desk.settings()));
        stage.setOnHidden(e -> {
            if (run != null) {
                run.stop();
            }
            release();
        });
        ask(null, null);
    }

    /** A window that compares two recordings. */
    static ComparisonWindow of(Stage stage, Desk desk, Path a, Path b) {
        ComparisonWindow window = new ComparisonWindow(stage, desk);
        window.show();
        window.compare(a, b);
        return window;
    }

    /** A window that compares what lies in the folder of a set. */
    static ComparisonWindow of(Stage stage, Desk desk, Path set) {
        ComparisonWindow window = new ComparisonWindow(stage, desk);
        window.show();
        window.read(set);
        return window;
    }

    @Override
    public void show() {
        stage.show();
    }

    /** Opens both and shows them; another pair than the one that is shown gets a window of its own. */
    public void compare(Path a, Path b) {
        if (isTaken()) {
            of(frame.beside(), desk, a, b);
        } else {
            open(a, b, null, () -> {
                desk.addRecent(b);
                desk.addRecent(a);
            });
        }
    }

    private boolean isTaken() {
        return page != null || opening || run != null;
    }

    /** @param shown done once they are on the screen */
    private void open(Path a, Path b, @Nullable SetComparison set, Runnable shown) {
        opening = true;
        banners.clear();
        Progress progress = new Progress();
        String what = "Opening " + PairData.nameOf(a, b) + " and " + PairData.nameOf(b, a) + " …";
        frame.wait(new Waiting(what, progress, frame::setPage, () -> ask(a, b)), false);
        Background.run(
                progress,
                () -> {
                    Recording first = desk.open(a, progress.part(0, 0.5));
                    Opened opened = new Opened(a, first, b, desk.open(b, progress.part(0.5, 1)), set);
                    PairData counted = opened.count();
                    progress.at(1);
                    return new Counted(opened, counted);
                },
                counted -> arrived(counted, shown),
                failure -> {
                    ask(a, b);
                    banners.bad("The recordings could not be compared", failure);
                });
    }

    private record Counted(Opened opened, PairData pair) {}

    /** Asks which recordings are to be compared; what was chosen before is there still. */
    private void ask(@Nullable Path a, @Nullable Path b) {
        opening = false;
        frame.endWaiting();
        frame.setPage(new PairForm(a, b, frame::chooseOpen, this::compare, this::askProgram));
        frame.setTitle("");
    }

    // ---- a set: a program that is recorded under each configuration

    private void askProgram() {
        CompareForm asking = form;
        if (asking == null) {
            asking = new CompareForm(desk::interpreters, () -> desk.chooseScript(stage), this::record, () -> ask(null, null));
            form = asking;
        }
        banners.clear();
        frame.setPage(asking);
        frame.setTitle("");
    }

    private void record(PairPlan plan) {
        banners.clear();
        SetRun begun = new SetRun(desk, plan, this::askProgram, this::recorded, failure -> {
            run = null;
            askProgram();
            banners.bad("Nothing was recorded", failure);
            if (closing) {
                stage.close();
            }
        });
        run = begun;
        frame.setPage(begun.page());
        frame.setTitle("Running " + plan.script().shortName());
    }

    private void recorded(RunSet set) {
        SetRun ended = run;
        run = null;
        if (closing) {
            stage.close();
        } else if (ended != null && SetSides.recordings(set).isEmpty()) {
            ended.page().ended();
            banners.bad("There is nothing to compare", SetWords.nothing(set));
        } else {
            compare(set);
        }
    }

    /** Compares all of a set, and shows the first run of each side. */
    private void compare(RunSet set) {
        if (SetSides.recordings(set).isEmpty()) {
            ask(null, null);
            banners.bad("There is nothing to compare", SetWords.nothing(set));
            return;
        }
        opening = true;
        Progress progress = new Progress();
        frame.wait(new Waiting("Comparing what is in " + set.folder().getFileName() + " …", progress, frame::setPage, () -> ask(null, null)), false);
        Background.run(progress, () -> desk.compare(set), compared -> show(set, compared), failure -> {
            ask(null, null);
            banners.bad("The recordings could not be compared", failure);
        });
    }

    private void show(RunSet set, SetComparison compared) {
        SetSides.Recordings front = compared.front();
        open(front.a(), front.b(), compared, () -> {
            desk.addRecent(set.folder());
            if (SetWords.isLacking(set)) {
                banners.warn("Recorded, but not all", SetWords.of(set, front));
            } else {
                banners.good("Recorded", SetWords.of(set, front));
            }
        });
    }

    private void read(Path folder) {
        opening = true;
        Progress progress = new Progress();
        frame.wait(new Waiting("Reading " + folder.getFileName() + " …", progress, frame::setPage, () -> ask(null, null)), false);
        Background.run(progress, () -> desk.set(folder), this::compare, failure -> {
            ask(null, null);
            banners.bad("The recordings could not be compared", failure);
        });
    }

    private void closeRequested(WindowEvent e) {
        SetRun going = run;
        if (going == null) {
            return;
        }
        e.consume();
        if (!closing) {
            banners.ask("The program is still running", "Stop it, keep what was recorded, and close?", "Stop and close", () -> {
                closing = true;
                going.stop();
            }).requestFocus();
        }
    }

    // ---- two recordings

    private void arrived(Counted counted, Runnable shown) {
        opening = false;
        frame.endWaiting();
        show(counted);
        shown.run();
        warn("A", counted.opened().a());
        warn("B", counted.opened().b());
        mend(counted);
    }

    private void show(Counted counted) {
        PairData pair = counted.pair();
        fileOfA = counted.opened().fileA();
        release();
        ComparePage fresh = new ComparePage(pair, 0, this::failed);
        page = fresh;
        keeperA = new MarkKeeper(desk, banners, fresh.links().a().marks(), null, counted.opened().fileA());
        keeperB = new MarkKeeper(desk, banners, fresh.links().b().marks(), null, counted.opened().fileB());
        fresh.links().alignment().set(word(Alignment.PHASE).equals(desk.settings().get().alignment()) ? Alignment.PHASE : Alignment.TIME);
        fresh.links().alignment().addListener((o, was, is) -> desk.settings().change(settings -> settings.withAlignment(word(is))));
        WindowBar bar = new WindowBar();
        bar.showPair(fresh.links(), pair.title());
        frame.setBar(bar);
        frame.setPage(fresh);
        frame.setTitle(pair.title());
        fresh.applyCss();
        fresh.focusTimeline();
    }

    private static String word(Alignment alignment) {
        return alignment.name().toLowerCase(Locale.ROOT);
    }

    private void warn(String side, Recording recording) {
        if (!recording.info().complete()) {
            String damage = recording.damage();
            banners.warn("Recovered", "What there is of " + side + " is shown: " + (damage == null ? "the recording was cut short" : damage) + ".");
        }
    }

    /** Reads what was left unread so that the window could be there at once; where there is damage, shows the recordings without it. */
    private void mend(Counted shown) {
        ComparePage mine = page;
        Opened opened = shown.opened();
        Background.run(
                () -> {
                    Recording a = desk.mended(opened.a(), opened.fileA());
                    Recording b = desk.mended(opened.b(), opened.fileB());
                    Opened mended = new Opened(opened.fileA(), a == null ? opened.a() : a, opened.fileB(), b == null ? opened.b() : b, opened.set());
                    return new Counted(mended, mended.equals(opened) ? shown.pair() : mended.count());
                },
                mended -> {
                    if (page == mine && !mended.opened().equals(opened)) {
                        show(mended);
                        warn("A", mended.opened().a());
                        warn("B", mended.opened().b());
                    }
                },
                failure -> banners.bad("A recording is damaged", failure));
    }

    private void failed(Throwable failure) {
        banners.bad("Something went wrong while this was drawn", failure);
    }

    private void dropped(List<Path> files) {
        if (files.size() == 2 && files.stream().noneMatch(RunSet::is)) {
            compare(files.getFirst(), files.getLast());
        } else {
            files.forEach(file -> another().open(file));
        }
    }

    private MainWindow another() {
        MainWindow window = new MainWindow(frame.beside(), desk);
        window.show();
        return window;
    }

    private void release() {
        if (page != null) {
            page.close();
            page = null;
        }
        for (MarkKeeper keeper : new MarkKeeper[] {keeperA, keeperB}) {
            if (keeper != null) {
                keeper.close();
            }
        }
    }

    public @Nullable ComparePage page() {
        return page;
    }

    // ---- what actions ask for

    @Override
    public @Nullable TimelineModel model() {
        return page == null ? null : page.front();
    }

    @Override
    public boolean isComparison() {
        return true;
    }

    @Override
    public boolean isSettled() {
        return page != null && page.isSettled();
    }

    @Override
    public void focusTimeline() {
        if (page != null) {
            page.focusTimeline();
        }
    }

    @Override
    public void chooseRecording() {
        Path file = frame.chooseOpen();
        if (file != null) {
            another().open(file);
        }
    }

    /** With a of those that are compared here. */
    @Override
    public void chooseComparison() {
        if (isTaken()) {
            ComparisonWindow other = new ComparisonWindow(frame.beside(), desk);
            other.ask(fileOfA, null);
            other.show();
        } else {
            ask(null, null);
        }
    }

    @Override
    public void chooseRuns() {
        if (isTaken()) {
            ComparisonWindow other = new ComparisonWindow(frame.beside(), desk);
            other.chooseRuns();
            other.show();
        } else {
            askProgram();
        }
    }

    @Override
    public void chooseAttach() {
        another().chooseAttach();
    }

    @Override
    public void chooseProgram() {
        another().chooseProgram();
    }

    /** Both are in files already. */
    @Override
    public void saveAs() {}

    /** Nothing is recorded here. */
    @Override
    public void stopRecording() {}
}
