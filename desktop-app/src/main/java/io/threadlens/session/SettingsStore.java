package io.threadlens.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settings in a small JSON file. Read once; a change is written in the background, the whole file at once, so that there is never half of one. A file that
 * cannot be read costs the settings and nothing else: {@link #damage()} says so, and the next change writes a good one. Safe from any thread.
 */
public final class SettingsStore {
    private final Path file;
    private final Object writing = new Object();
    private volatile Settings now;
    private volatile boolean unwritten;
    private volatile @Nullable String damage;

    public SettingsStore() {
        this(UserFolders.config().resolve("settings.json"));
    }

    public SettingsStore(Path file) {
        this.file = file;
        this.now = read();
    }

    public Settings get() {
        return now;
    }

    /** What was wrong with the file, and what that means, in words; null where nothing was. */
    public @Nullable String damage() {
        return damage;
    }

    public synchronized void change(UnaryOperator<Settings> change) {
        Settings next = change.apply(now);
        if (!next.equals(now)) {
            now = next;
            unwritten = true;
            Thread.ofVirtual().name("settings").start(this::flush);
        }
    }

    /** Writes what was not written yet; waits. */
    public void flush() {
        synchronized (writing) {
            if (!unwritten) {
                return;
            }
            unwritten = false;
            Path fresh = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.write(fresh, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json(now)));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                // Settings that are not remembered are no reason to disturb anybody.
                System.getLogger(SettingsStore.class.getName()).log(System.Logger.Level.DEBUG, "settings were not written", e);
            }
        }
    }

    private static ObjectNode json(Settings settings) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("theme", settings.theme()).put("colours", settings.colours()).put("keys", settings.keys());
        json.put("timelineShare", settings.timelineShare()).put("tab", settings.tab()).put("alignment", settings.alignment());
        if (settings.folder() != null) {
            json.put("folder", settings.folder().toString());
        }
        Settings.Place window = settings.window();
        if (window != null) {
            json.putObject("window").put("x", window.x()).put("y", window.y()).put("width", window.width()).put("height", window.height())
                    .put("maximized", window.maximized());
        }
        return json;
    }

    private Settings read() {
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (!json.isObject()) {
                throw new IOException("it is not a JSON object");
            }
            Settings none = Settings.DEFAULT;
            JsonNode window = json.path("window");
            boolean placed = window.path("width").asDouble() > 0 && window.path("height").asDouble() > 0;
            double share = json.path("timelineShare").asDouble(none.timelineShare());
            return new Settings(
                    json.path("theme").asText(none.theme()),
                    json.path("colours").asText(none.colours()),
                    json.path("keys").asText(none.keys()),
                    placed ? new Settings.Place(window.path("x").asDouble(), window.path("y").asDouble(), window.path("width").asDouble(),
                            window.path("height").asDouble(), window.path("maximized").asBoolean()) : null,
                    share > 0 && share < 1 ? share : none.timelineShare(),
                    json.path("tab").asText(none.tab()),
                    json.hasNonNull("folder") ? Path.of(json.path("folder").asText()) : null,
                    json.path("alignment").asText(none.alignment()));
        } catch (NoSuchFileException e) {
            return Settings.DEFAULT;
        } catch (IOException | RuntimeException e) {
            damage = "Your settings could not be read from " + file + ". The app begins with its own; what you set from now on is kept.";
            return Settings.DEFAULT;
        }
    }
}
