package dev.upkeep.infra.local.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the {@link EventFile} of an operation while another process writes it. */
public final class EventTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);

    private final Path file;
    private final Operation operation;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private InputStream lines = InputStream.nullInputStream();
    private long cursor;
    private boolean isOurs;

    /**
     * Reads nothing yet.
     *
     * @param folder the stack's folder
     * @param operation whose events
     * @param cursor the id of the last event that was seen
     */
    public EventTail(StackFolder folder, Operation operation, long cursor) {
        this.file = folder.eventFile();
        this.operation = operation;
        this.cursor = cursor;
    }

    /**
     * Reads what was written since the last time.
     *
     * @param listener is told of each event that is new
     * @return how the operation ended, empty if that is not written, or if there are no events of the operation
     */
    public Optional<Outcome> read(ProgressListener listener) {
        try {
            if (!isOurs) {
                open();
            }
            for (Optional<String> line = line(); isOurs && line.isPresent(); line = line()) {
                Optional<Outcome> outcome = take(line.get(), listener);
                if (outcome.isPresent()) {
                    return outcome;
                }
            }
        } catch (IOException e) {
            LOG.debug("Could not read the events of {}", operation, e);
        }
        return Optional.empty();
    }

    /** An operation holds the stack for a while before it puts its events in the place of those of the one before. */
    private void open() throws IOException {
        close();
        begun.reset();
        lines = new BufferedInputStream(new FileInputStream(file.toFile()));
        isOurs = line().filter(this::namesOurs).isPresent();
    }

    private boolean namesOurs(String line) {
        try {
            return StateJson.operation(StateJson.tree(line)).equals(operation);
        } catch (IOException | RuntimeException torn) {
            return false;
        }
    }

    /** The next line that is complete. */
    private Optional<String> line() throws IOException {
        for (int next = lines.read(); next >= 0; next = lines.read()) {
            if (next == '\n') {
                String line = begun.toString(StandardCharsets.UTF_8);
                begun.reset();
                return Optional.of(line);
            }
            begun.write(next);
        }
        return Optional.empty();
    }

    private Optional<Outcome> take(String text, ProgressListener listener) {
        Optional<ProgressEvent> event;
        try {
            JsonNode line = StateJson.tree(text);
            if (!EventFile.isEvent(line)) {
                return Optional.of(EventFile.outcome(line, operation));
            }
            event = Optional.of(EventFile.event(line));
        } catch (IOException | RuntimeException torn) {
            LOG.debug("An event of {} cannot be read", operation, torn);
            return Optional.empty();
        }
        event.filter(each -> each.id() > cursor).ifPresent(each -> {
            cursor = each.id();
            listener.on(each);
        });
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
