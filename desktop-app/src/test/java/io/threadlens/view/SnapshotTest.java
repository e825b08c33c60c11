package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.threadlens.model.Progress;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Recordings;
import io.threadlens.recording.Saved;
import io.threadlens.view.compare.PairData;
import io.threadlens.view.data.Topic;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Theme;
import io.threadlens.view.theme.ThreadColours;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Theme.class)
    void thePictureShowsTheLanesInEachTheme(Theme theme) throws IOException {
        Path png = folder.resolve("window.png");
        new Snapshot(1000, 640, 2, theme).save(SampleProgram.whole(), "app.threadlens", () -> 12_400_000, Topic.FINDINGS, png);
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(2000);
        assertThat(image.getHeight()).isEqualTo(1280);
        for (ThreadState state : new ThreadState[] {ThreadState.RUNNING, ThreadState.SIGNAL, ThreadState.LOCK}) {
            assertThat(pixels(image, theme.palette().argb(state))).as(state.label()).isGreaterThan(5_000);
        }
    }

    @Test
    void thePictureOfContentionHasTheLocksAndMarksTheFirstInTheLanes() throws IOException {
        Path timeline = folder.resolve("timeline.png");
        Path contention = folder.resolve("contention.png");
        new Snapshot(1000, 640, 1, Theme.LIGHT).save(SampleProgram.whole(), "app.threadlens", () -> 0, Topic.FINDINGS, timeline);
        new Snapshot(1000, 640, 1, Theme.LIGHT).save(SampleProgram.whole(), "app.threadlens", () -> 0, Topic.CONTENTION, contention);
        // The frames around waits are painted in the colour of text, over the lanes: beside the headers, above the tabs.
        BufferedImage without = ImageIO.read(timeline.toFile()).getSubimage(310, 160, 600, 130);
        BufferedImage with = ImageIO.read(contention.toFile()).getSubimage(310, 160, 600, 130);
        int frame = 0xff1f2328;
        assertThat(pixels(without, frame)).isLessThan(50);
        assertThat(pixels(with, frame)).isGreaterThan(500);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void thePictureOfTheFlameGraphHasTheStatesAtTheFeetOfItsBoxes(Theme theme) throws IOException {
        Path png = folder.resolve("flame.png");
        new Snapshot(1000, 640, 1, theme).save(SampleProgram.whole(), "app.threadlens", () -> 0, Topic.FLAME, png);
        BufferedImage tab = ImageIO.read(png.toFile()).getSubimage(0, 430, 1000, 180);
        for (ThreadState state : new ThreadState[] {ThreadState.RUNNING, ThreadState.SIGNAL, ThreadState.LOCK, ThreadState.IO}) {
            assertThat(pixels(tab, theme.palette().argb(state))).as(state.label()).isGreaterThan(300);
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void thePictureOfCoresHasEachThreadInItsColourAndDimsWhatIsNotChosen(Theme theme) throws IOException {
        Path cores = folder.resolve("cores.png");
        Path brushed = folder.resolve("brushed.png");
        Snapshot window = new Snapshot(1000, 640, 1, theme);
        window.save(SampleProgram.whole(), "app.threadlens", () -> 0, Topic.CORES, cores);
        window.save(
                SampleProgram.whole(),
                "app.threadlens",
                () -> 0,
                page -> {
                    page.model().topic().set(Topic.CORES);
                    page.model().busyChoice().choose(new TreeSet<>(Set.of(8)));
                },
                brushed);
        BufferedImage all = ImageIO.read(cores.toFile()).getSubimage(300, 450, 690, 160);
        for (int worker = 1; worker <= 5; worker++) {
            assertThat(pixels(all, Palette.argb(ThreadColours.of(worker)))).as("worker %d", worker).isGreaterThan(2_000);
        }
        BufferedImage some = ImageIO.read(brushed.toFile()).getSubimage(300, 450, 690, 160);
        int colour = Palette.argb(ThreadColours.of(1));
        assertThat(pixels(some, colour)).as("a part of it is left").isBetween(100, pixels(all, colour) / 2);
        int running = theme.palette().argb(ThreadState.RUNNING);
        int lanes = pixels(ImageIO.read(cores.toFile()).getSubimage(300, 180, 690, 150), running);
        assertThat(pixels(ImageIO.read(brushed.toFile()).getSubimage(300, 180, 690, 150), running)).isLessThan(lanes / 2);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void thePictureOfTwoRecordingsHasTheLanesOfBothInOneColumn(Theme theme) throws IOException {
        Path png = folder.resolve("compare.png");
        Recording same = Recordings.view(Saved.save(SampleProgram.whole(), folder.resolve("same.threadlens"), 10_000), new Progress());
        PairData pair = PairData.of("before.threadlens", same, "after.threadlens", same);
        new Snapshot(1000, 640, 1, theme).save(pair, page -> {}, png);
        BufferedImage image = ImageIO.read(png.toFile());
        // The lanes of a and of b, beside their letters and headers: the same program looks the same.
        int running = theme.palette().argb(ThreadState.RUNNING);
        int lock = theme.palette().argb(ThreadState.LOCK);
        for (int[] lanes : new int[][] {{195, 120}, {355, 60}}) {
            BufferedImage part = image.getSubimage(330, lanes[0], 650, lanes[1]);
            assertThat(pixels(part, running)).isGreaterThan(500);
            assertThat(pixels(part, lock)).isGreaterThan(500);
        }
    }

    @Test
    void aFolderThatIsNotThereIsSaidSo() {
        Path png = folder.resolve("no/such/window.png");
        assertThatThrownBy(() -> new Snapshot(1000, 640, 1, Theme.LIGHT).save(new MemoryRecording(1_000).ticks(5), "x", () -> 0, Topic.FINDINGS, png))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(png.toString());
    }

    private static int pixels(BufferedImage image, int argb) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == argb) {
                    count++;
                }
            }
        }
        return count;
    }
}
