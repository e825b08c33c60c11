package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsStoreTest {
    @TempDir
    Path folder;

    @Test
    void whatIsSetIsThereTheNextTime() {
        Path file = folder.resolve("new/settings.json");
        SettingsStore store = new SettingsStore(file);
        assertThat(store.get()).isEqualTo(Settings.DEFAULT);
        Settings.Place place = new Settings.Place(10, 20, 1200, 800, false);
        store.change(settings -> settings.withTheme("dark").withKeys("tracy").withFolder(Path.of("/srv")).withLayout(place, 0.4, "stacks"));
        store.flush();
        SettingsStore again = new SettingsStore(file);
        assertThat(again.get()).isEqualTo(new Settings("dark", "standard", "tracy", place, 0.4, "stacks", Path.of("/srv"), "time"));
        assertThat(again.damage()).isNull();
    }

    @Test
    void aDamagedFileCostsTheSettingsAndIsSaid() throws IOException {
        Path file = folder.resolve("settings.json");
        for (String text : new String[] {"", "{", "[1, 2]", "\0\0\0\0", "{\"theme\": \"dark\""}) {
            Files.writeString(file, text);
            SettingsStore store = new SettingsStore(file);
            assertThat(store.get()).as(text).isEqualTo(Settings.DEFAULT);
            assertThat(store.damage()).contains(file.toString());
        }
        SettingsStore store = new SettingsStore(file);
        store.change(settings -> settings.withTheme("light"));
        store.flush();
        assertThat(new SettingsStore(file).get().theme()).isEqualTo("light");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("nothing is left beside it").containsExactly(file);
        }
    }

    @Test
    void valuesThatMakeNoSenseCountAsNotSaid() throws IOException {
        Path file = folder.resolve("settings.json");
        Files.writeString(file, "{\"theme\": \"dark\", \"timelineShare\": 7, \"window\": {\"x\": 1, \"width\": -3}, \"tab\": 4, \"more\": true}");
        SettingsStore store = new SettingsStore(file);
        assertThat(store.damage()).isNull();
        assertThat(store.get().theme()).isEqualTo("dark");
        assertThat(store.get().timelineShare()).isEqualTo(Settings.DEFAULT.timelineShare());
        assertThat(store.get().window()).isNull();
    }

    @Test
    void whereNothingCanBeWrittenTheSettingsHoldUntilTheEnd() {
        SettingsStore store = new SettingsStore(Path.of("/dev/null/settings.json"));
        store.change(settings -> settings.withTheme("dark"));
        store.flush();
        assertThat(store.get().theme()).isEqualTo("dark");
    }
}
