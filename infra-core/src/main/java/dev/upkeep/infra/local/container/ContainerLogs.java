package dev.upkeep.infra.local.container;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.local.logs.DatedLine;
import dev.upkeep.infra.local.process.Launcher;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.logs.LogSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Docker keeps of all that the containers of one instance have printed, read again and again. For one thread. */
public final class ContainerLogs {

    /** Two outputs of one program may be noted a little out of order: so much is read again, and what is known is left out. */
    private static final Duration OVERLAP = Duration.ofSeconds(2);

    private final InstanceContainers containers;
    private final InstanceId instance;
    private final LogQuery query;
    private final Map<String, Read> read = new HashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param folder the real folder of the instance
     * @param machine what to work with
     * @param instance its name
     * @param query which lines
     */
    public ContainerLogs(Path folder, Machine machine, InstanceId instance, LogQuery query) {
        this.containers = new InstanceContainers(folder, machine);
        this.instance = instance;
        this.query = query;
    }

    /** What is known of the log of one container: the last moment, and the lines from a little before that on. */
    private record Read(Instant last, Set<String> recent) {}

    /**
     * Reads what was printed since the last time, also by containers that have come since.
     *
     * @return the lines, in order for each container; none if Docker does not answer
     * @throws InterruptedException if the calling thread is interrupted
     */
    public List<DatedLine> read() throws InterruptedException {
        List<DatedLine> lines = new ArrayList<>();
        if (!containers.exist()) {
            return lines;
        }
        for (Map.Entry<String, String> container : containers.parts().entrySet()) {
            Optional<LogSource> source = LogSource.of(container.getValue());
            if (source.isPresent() && query.asksFor(Optional.of(instance), source.get())) {
                lines.addAll(read(container.getKey(), source.get()));
            }
        }
        return lines;
    }

    private List<DatedLine> read(String container, LogSource source) throws InterruptedException {
        Optional<Read> before = Optional.ofNullable(read.get(container));
        Optional<Instant> from =
                before.map(known -> known.last().minus(OVERLAP)).or(query::since);
        Launcher.Finished finished = containers.logs(container, from, LogQuery.MOST);
        if (!finished.succeeded()) {
            return List.of();
        }
        Set<String> known = before.map(Read::recent).orElse(Set.of());
        List<DatedLine> lines = new ArrayList<>();
        Set<String> recent = new HashSet<>();
        for (String text : finished.output().lines().toList()) {
            Optional<DatedLine> line = line(text, source);
            recent.add(text);
            line.filter(each -> !known.contains(text)).ifPresent(lines::add);
        }
        lines.stream()
                .map(DatedLine::place)
                .max(Instant::compareTo)
                .ifPresent(last -> read.put(container, new Read(last, recent)));
        return lines;
    }

    /** As Docker has it with {@code --timestamps}. */
    private Optional<DatedLine> line(String text, LogSource source) {
        int end = text.indexOf(' ');
        try {
            Instant at = Instant.parse(end < 0 ? text : text.substring(0, end));
            String rest = end < 0 ? "" : text.substring(end + 1);
            return Optional.of(new DatedLine(at, new LogLine(Optional.of(at), Optional.of(instance), source, rest)));
        } catch (DateTimeParseException saidByDockerItself) {
            return Optional.empty();
        }
    }
}
