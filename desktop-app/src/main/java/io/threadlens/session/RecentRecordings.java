package io.threadlens.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The recordings that were opened or made lately, the last one first; remembered across starts. */
public final class RecentRecordings {
    private static final int KEPT = 12;

    private final Path file;

    public RecentRecordings() {
        this(UserFolders.config().resolve("recent.json"));
    }

    RecentRecordings(Path file) {
        this.file = file;
    }

    /** Those that still exist. */
    public synchronized List<Path> list() {
        return read().stream().filter(Files::exists).toList();
    }

    public synchronized void add(Path recording) {
        List<Path> all = new ArrayList<>(read());
        Path path = recording.toAbsolutePath().normalize();
        all.remove(path);
        all.addFirst(path);
        ArrayNode json = new ObjectMapper().createArrayNode();
        all.stream().limit(KEPT).forEach(one -> json.add(one.toString()));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, json.toString());
        } catch (IOException e) {
            // A list that is not remembered is no reason to disturb anybody.
        }
    }

    private List<Path> read() {
        List<Path> paths = new ArrayList<>();
        try {
            for (JsonNode node : new ObjectMapper().readTree(file.toFile())) {
                paths.add(Path.of(node.asText()));
            }
        } catch (IOException | RuntimeException e) {
            // No list yet, or not one of ours.
        }
        return paths;
    }
}
