package dev.upkeep.infra.local.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.failure.OperationFailedException;
import dev.upkeep.infra.files.OwnerOnly;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.RunningOperation;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of the last operation on a stack, for other processes to follow: one line of JSON says which operation it is,
 * one for each event follows, and one says how it ended. An operation does not fail because they cannot be written.
 */
public final class EventFile implements RunningOperation.Transcript {

    /** So many events are kept; what comes after that is dropped. */
    static final int MOST_EVENTS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);

    private final Path file;
    // Not a channel: the thread that writes may be interrupted, and that would close a channel.
    private final OutputStream lines;

    private EventFile(Path file, OutputStream lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Begins the events of an operation, in the place of those of the one before.
     *
     * @param folder the stack's folder
     * @param operation which operation
     * @return where its events go, to be closed by the caller
     */
    public static EventFile begin(StackFolder folder, Operation operation) {
        Path file = folder.eventFile();
        try {
            // A new file, so that whoever still reads the old one reads it to its end.
            Files.deleteIfExists(file);
            OwnerOnly.makeFile(file);
            EventFile events = new EventFile(file, new FileOutputStream(file.toFile()));
            events.line(StateJson.operation(operation));
            return events;
        } catch (IOException e) {
            LOG.debug("Could not begin {}", file, e);
            return new EventFile(file, OutputStream.nullOutputStream());
        }
    }

    /**
     * The operation whose events are kept.
     *
     * @param folder the stack's folder
     * @return empty if none are
     */
    public static Optional<Operation> operation(StackFolder folder) {
        try (Stream<String> lines = Files.lines(folder.eventFile())) {
            Optional<String> first = lines.findFirst();
            return first.isPresent() ? Optional.of(StateJson.operation(StateJson.tree(first.get()))) : Optional.empty();
        } catch (IOException | RuntimeException noneOrTorn) {
            LOG.debug("Nothing is known from {}", folder.eventFile(), noneOrTorn);
            return Optional.empty();
        }
    }

    private void line(ObjectNode node) {
        try {
            lines.write((node + "\n").getBytes(StandardCharsets.UTF_8));
            lines.flush();
        } catch (IOException e) {
            LOG.debug("Could not write to {}", file, e);
        }
    }

    /**
     * Adds an event.
     *
     * @param event what happened
     */
    @Override
    public void add(ProgressEvent event) {
        if (event.id() <= MOST_EVENTS) {
            line(JsonNodeFactory.instance
                    .objectNode()
                    .put("id", event.id())
                    .put("at", event.at().toString())
                    .put("resource", event.resource())
                    .put("kind", event.kind().name())
                    .put("message", event.message()));
        }
    }

    /**
     * Says how the operation ended.
     *
     * @param outcome how it ended
     */
    @Override
    public void end(Outcome outcome) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("ending", outcome.ending().name());
        outcome.failure().ifPresent(failure -> node.put("failure", String.valueOf(failure.getMessage())));
        line(node);
    }

    /** Lets go of the file, which stays. */
    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            LOG.debug("Could not close {}", file, e);
        }
    }

    /**
     * Removes the events of a stack that is gone.
     *
     * @param folder the stack's folder
     */
    public static void remove(StackFolder folder) {
        try {
            Files.deleteIfExists(folder.eventFile());
        } catch (IOException e) {
            LOG.debug("Could not remove {}", folder.eventFile(), e);
        }
    }

    static boolean isEvent(JsonNode line) {
        return line.has("kind") && line.has("message");
    }

    static ProgressEvent event(JsonNode line) {
        return new ProgressEvent(
                line.required("id").asLong(),
                Instant.parse(line.required("at").asText()),
                line.required("resource").asText(),
                EventKind.valueOf(line.required("kind").asText()),
                line.required("message").asText());
    }

    static Outcome outcome(JsonNode line, Operation operation) {
        Outcome.Ending ending = Outcome.Ending.valueOf(line.required("ending").asText());
        return ending == Outcome.Ending.FAILED
                ? Outcome.failed(new OperationFailedException(
                        operation.stack().text(), line.path("failure").asText(), null))
                : new Outcome(ending, Optional.empty());
    }
}
