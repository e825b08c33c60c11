package io.threadlens.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.threadlens.session.PairPlan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file of a set that tells what was recorded, of what, and how each run ended. It names no files: where those are follows from the runs. */
final class RunSetFile {
    static final String NAME = "compare.json";
    private static final String FORMAT = "threadlens-compare-set/1";
    private static final long LARGEST = 16 << 20;
    private static final int MOST = 1_000_000;

    private RunSetFile() {}

    /** Writes the whole file at once, so that there is never half of one. */
    static void write(RunSet set) throws IOException {
        Path fresh = set.folder().resolve(NAME + ".new");
        Files.write(fresh, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json(set)));
        Files.move(fresh, set.folder().resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode json(RunSet set) {
        PairPlan plan = set.plan();
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("format", FORMAT);
        plan.script().words().forEach(json.putArray("script")::add);
        json.put("repeats", plan.repeats()).put("rateHz", plan.rateHz()).put("seconds", plan.seconds());
        plan.threads().forEach(json.putArray("threads")::add);
        json.put("note", plan.interpreters().note());
        ArrayNode configurations = json.putArray("configurations");
        for (Configuration configuration : plan.interpreters().configurations()) {
            ObjectNode one = configurations.addObject().put("kind", configuration.kind().word()).put("version", configuration.version());
            configuration.python().forEach(one.putArray("python")::add);
        }
        ArrayNode missing = json.putArray("missing");
        plan.interpreters().missing().forEach(one -> missing.addObject().put("kind", one.kind().word()).put("reason", one.reason()));
        ArrayNode runs = json.putArray("runs");
        for (RunSet.Run run : set.runs()) {
            Step step = run.step();
            runs.addObject().put("kind", step.configuration().kind().word()).put("threads", step.threads()).put("round", step.round())
                    .put("outcome", run.outcome().kind().word()).put("message", run.outcome().message());
        }
        return json;
    }

    static RunSet read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("it is too large");
            }
            JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (!json.path("format").asText().equals(FORMAT)) {
                throw new IOException("its format is not " + FORMAT);
            }
            return set(folder, json);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new IOException(folder + " is not what compare --run has recorded: there is no " + NAME + " in it", e);
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IOException("cannot read " + file + ": " + why, e);
        }
    }

    private static RunSet set(Path folder, JsonNode json) throws IOException {
        Map<Configuration.Kind, Configuration> configurations = new EnumMap<>(Configuration.Kind.class);
        for (JsonNode one : array(json, "configurations")) {
            Configuration.Kind kind = kind(one);
            configurations.put(kind, new Configuration(kind, words(one, "python"), text(one, "version")));
        }
        List<Interpreters.Missing> missing = new ArrayList<>();
        for (JsonNode one : array(json, "missing")) {
            missing.add(new Interpreters.Missing(kind(one), text(one, "reason")));
        }
        List<Integer> threads = new ArrayList<>();
        for (JsonNode one : array(json, "threads")) {
            threads.add(count(one, "threads"));
        }
        double rate = json.path("rateHz").asDouble();
        JsonNode seconds = json.path("seconds");
        Interpreters interpreters = new Interpreters(List.copyOf(configurations.values()), missing, json.path("note").textValue());
        PairPlan plan = new PairPlan(interpreters, new Script(words(json, "script")), count(json.path("repeats"), "repeats"), threads,
                seconds.isNumber() ? seconds.asDouble() : null, rate);
        List<RunSet.Run> runs = new ArrayList<>();
        Set<Step> seen = new HashSet<>();
        for (JsonNode one : array(json, "runs")) {
            Configuration configuration = configurations.get(kind(one));
            if (configuration == null) {
                throw new IOException("a run is of a configuration that it does not tell of");
            }
            @Nullable Integer count = one.path("threads").isNull() ? null : (Integer) count(one.path("threads"), "threads");
            Step step = new Step(configuration, count, count(one.path("round"), "round"));
            if (!seen.add(step)) {
                throw new IOException("it tells of a run twice");
            }
            runs.add(RunSet.found(folder, step, new RunOutcome(outcome(one), one.path("message").textValue())));
        }
        return new RunSet(folder, plan, runs);
    }

    private static Configuration.Kind kind(JsonNode json) throws IOException {
        String word = text(json, "kind");
        for (Configuration.Kind kind : Configuration.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IOException("there is no configuration " + word);
    }

    private static RunOutcome.Kind outcome(JsonNode json) throws IOException {
        String word = text(json, "outcome");
        for (RunOutcome.Kind kind : RunOutcome.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IOException("a run cannot end as " + word);
    }

    private static List<String> words(JsonNode json, String name) throws IOException {
        List<String> words = new ArrayList<>();
        for (JsonNode word : array(json, name)) {
            words.add(word.asText());
        }
        return words;
    }

    private static JsonNode array(JsonNode json, String name) throws IOException {
        JsonNode array = json.path(name);
        if (!array.isArray()) {
            throw new IOException(name + " is missing");
        }
        return array;
    }

    private static String text(JsonNode json, String name) throws IOException {
        String text = json.path(name).textValue();
        if (text == null) {
            throw new IOException(name + " is missing");
        }
        return text;
    }

    private static int count(JsonNode json, String name) throws IOException {
        if (!json.isInt() || json.intValue() < 1 || json.intValue() > MOST) {
            throw new IOException(name + " is not a count");
        }
        return json.intValue();
    }
}
