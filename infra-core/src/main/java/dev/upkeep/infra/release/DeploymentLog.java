package dev.upkeep.infra.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.failure.StateFolderException;
import dev.upkeep.infra.files.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which releases a stack had, on this machine: one line of JSON for each time that it was brought to another. Lines are only added. One that was cut short
 * by a crash is left out.
 */
public final class DeploymentLog {

    private static final String VERSION = "version";
    private static final String BEFORE = "before";
    private static final String SITE = "site";
    private static final String PROBLEM = "problem";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;

    /**
     * Works on the deployments of a stack.
     *
     * @param folder the stack's own folder, which is there when one is added
     */
    public DeploymentLog(Path folder) {
        this.file = folder.resolve("deployments.jsonl");
    }

    /**
     * Adds one.
     *
     * @param deployment how it ended
     * @throws StateFolderException if it cannot be written
     */
    public void add(Deployment deployment) {
        ObjectNode line = MAPPER.createObjectNode()
                .put("at", deployment.at().toString())
                .put("by", deployment.by())
                .put(VERSION, deployment.version());
        deployment.before().ifPresent(before -> line.put(BEFORE, before));
        deployment.site().ifPresent(site -> line.put(SITE, site));
        deployment.problem().ifPresent(problem -> line.put(PROBLEM, problem));
        try {
            if (!Files.exists(file)) {
                OwnerOnly.makeFile(file);
            }
            // A line that was cut short must not take this one with it.
            Files.writeString(file, "\n" + MAPPER.writeValueAsString(line) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * All of them.
     *
     * @return the latest first
     * @throws StateFolderException if they cannot be read
     */
    public List<Deployment> list() {
        List<Deployment> found = new ArrayList<>();
        try {
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
                read(line).ifPresent(found::add);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw unusable(e);
        }
        Collections.reverse(found);
        return List.copyOf(found);
    }

    private static Optional<Deployment> read(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            return Optional.of(new Deployment(
                    Instant.parse(node.required("at").asText()),
                    node.required("by").asText(),
                    node.required(VERSION).asText(),
                    text(node, BEFORE),
                    text(node, SITE),
                    text(node, PROBLEM)));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException notWhole) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }

    private StateFolderException unusable(IOException cause) {
        return new StateFolderException(
                file,
                FileTrouble.reason(cause),
                "put it right, or choose another state folder (XDG_STATE_HOME)",
                cause);
    }
}
