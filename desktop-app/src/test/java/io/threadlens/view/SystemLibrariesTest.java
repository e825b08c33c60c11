package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemLibrariesTest {
    @Test
    void aLibraryThatIsMissingIsNamedByItsPackage() {
        assertThat(SystemLibraries.missing(Map.of("libc.so.6", "libc6"))).isEmpty();
        assertThat(SystemLibraries.missing(Map.of("libno-such-library.so.9", "libno-such9"))).containsExactly("libno-such9");
    }

    @Test
    void fontsAreFoundWhereverTheyAre(@TempDir Path folder) throws IOException {
        Path deep = Files.createDirectories(folder.resolve("truetype/some"));
        assertThat(SystemLibraries.hasFonts(List.of(folder, folder.resolve("missing")))).isFalse();
        Files.createFile(deep.resolve("some.ttf"));
        assertThat(SystemLibraries.hasFonts(List.of(folder))).isTrue();
    }
}
