package dev.upkeep.infra.local.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressListener;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the {@link EventFile} of an operation while another process writes it. */
public final class EventTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);

    private final Operation operation;
    private final InputStream lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long cursor;
    private boolean isOurs;

    private EventTail(Operation operation, InputStream lines, long cursor) {
        this.operation = operation;
        this.lines = lines;
        this.cursor = cursor;
    }

    /**
     * Begins to read.
     *
     * @param folder the stack's folder
     * @param operation whose events
     * @param cursor the id of the last event that was seen
     * @return a reader, to be closed by the caller; it finds nothing if there is no file
     */
    public static EventTail open(StackFolder folder, Operation operation, long cursor) {
        try {
            return new EventTail(
                    operation,
                    new BufferedInputStream(
                            new FileInputStream(folder.eventFile().toFile())),
                    cursor);
        } catch (IOException e) {
            return new EventTail(operation, InputStream.nullInputStream(), cursor);
        }
    }

    /**
     * Reads what was written since the last time.
     *
     * @param listener is told of each event that is new
     * @return how the operation ended, empty if that is not written
     */
    public Optional<Outcome> read(ProgressListener listener) {
        try {
            for (int next = lines.read(); next >= 0; next = lines.read()) {
                if (next != '\n') {
                    begun.write(next);
                    continue;
                }
                JsonNode line = StateJson.tree(begun.toString(StandardCharsets.UTF_8));
                begun.reset();
                Optional<Outcome> outcome = take(line, listener);
                if (outcome.isPresent()) {
                    return outcome;
                }
            }
        } catch (IOException | IllegalArgumentException notOurs) {
            LOG.debug("Could not read the events of {}", operation, notOurs);
        }
        return Optional.empty();
    }

    private Optional<Outcome> take(JsonNode line, ProgressListener listener) {
        if (line.has("since")) {
            isOurs = StateJson.operation(line).equals(operation);
        } else if (isOurs && EventFile.isEvent(line)) {
            long id = line.required("id").asLong();
            if (id > cursor) {
                cursor = id;
                listener.on(EventFile.event(line));
            }
        } else if (isOurs && line.has("ending")) {
            return Optional.of(EventFile.outcome(line, operation));
        }
        return Optional.empty();
    }

    /**
     * Whether events of the operation were kept.
     *
     * @return false if they were not, or if they are those of another operation
     */
    public boolean foundIt() {
        return isOurs;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            LOG.debug("Could not close the events of {}", operation, e);
        }
    }
}
