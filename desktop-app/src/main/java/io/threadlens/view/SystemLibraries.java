package io.threadlens.view;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What JavaFX needs of a Linux system. Asked for before JavaFX is started, because JavaFX itself tells of a missing library in pages of
 * traces, and of missing fonts by failing much later.
 */
final class SystemLibraries {
    /** Library to Debian package. */
    private static final Map<String, String> FOR_TEXT = new LinkedHashMap<>();

    private static final Map<String, String> FOR_WINDOWS = new LinkedHashMap<>();

    static {
        FOR_TEXT.put("libfreetype.so.6", "libfreetype6");
        FOR_TEXT.put("libpangoft2-1.0.so.0", "libpangoft2-1.0-0");
        FOR_WINDOWS.put("libgtk-3.so.0", "libgtk-3-0");
        FOR_WINDOWS.put("libXtst.so.6", "libxtst6");
        FOR_WINDOWS.put("libXxf86vm.so.1", "libxxf86vm1");
        FOR_WINDOWS.put("libGL.so.1", "libgl1");
    }

    private static final String FONTS = "fonts-dejavu-core";
    private static final int FONT_DEPTH = 6;

    private SystemLibraries() {}

    /** Fails, naming the packages, where something is missing that is needed to paint, or to open windows. */
    static void check(boolean windows) throws IOException {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return;
        }
        Map<String, String> needed = new LinkedHashMap<>(FOR_TEXT);
        if (windows) {
            needed.putAll(FOR_WINDOWS);
        }
        List<String> packages = missing(needed);
        if (!hasFonts(fontFolders())) {
            packages.add(FONTS);
        }
        if (!packages.isEmpty()) {
            String names = String.join(" ", packages);
            throw new IOException("the window needs system packages that are missing: " + names
                    + "; on Debian and Ubuntu `apt-get install " + names + "`");
        }
    }

    /** The packages of those libraries that cannot be loaded. */
    static List<String> missing(Map<String, String> needed) {
        return needed.entrySet().stream()
                .filter(library -> !canLoad(library.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toList());
    }

    private static boolean canLoad(String library) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(library, arena);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean hasFonts(List<Path> folders) {
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.find(folder, FONT_DEPTH, (path, attributes) -> isFont(path.toString()))) {
                if (files.findAny().isPresent()) {
                    return true;
                }
            } catch (IOException e) {
                // Not to be read: there may be others.
            }
        }
        return false;
    }

    private static boolean isFont(String path) {
        return path.endsWith(".ttf") || path.endsWith(".otf") || path.endsWith(".ttc") || path.endsWith(".pfb");
    }

    private static List<Path> fontFolders() {
        Path home = Path.of(System.getProperty("user.home", "/"));
        return List.of(
                Path.of("/usr/share/fonts"),
                Path.of("/usr/local/share/fonts"),
                Path.of("/usr/share/X11/fonts"),
                home.resolve(".local/share/fonts"),
                home.resolve(".fonts"));
    }
}
