package dev.upkeep.infra.local.logs;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log file, read again and again while others write it, move it away or cut it short. For one thread. */
public final class LogFile implements AutoCloseable {

    /** What came before is not read, however many lines are asked for. */
    static final int LONGEST = 4_000_000;

    /** A longer line is read as several. */
    static final int LONGEST_LINE = 64_000;

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

    private final Path file;
    private final Optional<InstanceId> instance;
    private final LogSource source;
    private final ZoneId zone;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private @Nullable SeekableByteChannel channel;
    private @Nullable Object key;
    private boolean skipsLine;
    private Optional<Instant> last = Optional.empty();

    /**
     * Reads nothing yet.
     *
     * @param file which need not be there yet
     * @param instance whose log it is, empty for what stands before all instances
     * @param source who writes it
     * @param zone of times that name none
     */
    public LogFile(Path file, Optional<InstanceId> instance, LogSource source, ZoneId zone) {
        this.file = file;
        this.instance = instance;
        this.source = source;
        this.zone = zone;
    }

    /**
     * Reads what was written since the last time; at first, the end of what is there.
     *
     * @return its complete lines in order; none if there is no such file
     */
    public List<DatedLine> read() {
        List<String> lines = new ArrayList<>();
        try {
            readOpen(lines);
            if (wasReplaced()) {
                // Between the two looks its last lines may have been written.
                readOpen(lines);
                close();
                open();
                readOpen(lines);
            }
        } catch (IOException e) {
            LOG.debug("Could not read {}", file, e);
        }
        return dated(lines);
    }

    private boolean wasReplaced() throws IOException {
        return Files.exists(file) && (channel == null || !Objects.equals(key, keyOf(attributes())));
    }

    private BasicFileAttributes attributes() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    /** File systems without a number for each file say at least when it was made. */
    private static Object keyOf(BasicFileAttributes attributes) {
        return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
    }

    private void open() throws IOException {
        key = keyOf(attributes());
        begun.reset();
        SeekableByteChannel opened = Files.newByteChannel(file);
        channel = opened;
        long start = Math.max(0, opened.size() - LONGEST);
        skipsLine = start > 0;
        opened.position(start);
    }

    private void readOpen(List<String> lines) throws IOException {
        SeekableByteChannel open = channel;
        if (open == null) {
            return;
        }
        if (open.size() < open.position()) {
            open.position(0);
            begun.reset();
        }
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (open.read(buffer) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                take(buffer.get(), lines);
            }
            buffer.clear();
        }
    }

    private void take(byte next, List<String> lines) {
        if (next != '\n') {
            begun.write(next);
        }
        if (next == '\n' || begun.size() >= LONGEST_LINE) {
            if (!skipsLine) {
                String line = begun.toString(StandardCharsets.UTF_8);
                lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            }
            skipsLine = skipsLine && next != '\n';
            begun.reset();
        }
    }

    /** A line without a time is where the one above it is; without one above it, where the first one below it is. */
    private List<DatedLine> dated(List<String> lines) {
        List<LogLine> read = lines.stream()
                .map(text -> new LogLine(LineTime.of(text, zone), instance, source, text))
                .toList();
        Instant place = last.or(
                        () -> read.stream().flatMap(line -> line.at().stream()).findFirst())
                .orElseGet(this::lastChange);
        List<DatedLine> dated = new ArrayList<>();
        for (LogLine line : read) {
            if (line.at().isPresent() && line.at().get().isAfter(place)) {
                place = line.at().get();
            }
            if (line.at().isPresent()) {
                last = Optional.of(place);
            }
            dated.add(new DatedLine(place, line));
        }
        return dated;
    }

    private Instant lastChange() {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }

    @Override
    public void close() {
        SeekableByteChannel open = channel;
        channel = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.debug("Could not close {}", file, e);
        }
    }
}
