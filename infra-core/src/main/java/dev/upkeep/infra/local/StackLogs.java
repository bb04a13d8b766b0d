package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.UnknownInstanceException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.local.container.ContainerLogs;
import dev.upkeep.infra.local.logs.DatedLine;
import dev.upkeep.infra.local.logs.LogFile;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogListener;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.logs.LogSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the programs of a stack on this machine have logged: programs in files of their folder, containers with Docker. An instance of
 * containers has its own nginx before the releases, as a server on AWS has: there that one is its edge. HAProxy keeps no log.
 */
final class StackLogs implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final StackContext context;
    private final LogQuery query;
    private final Map<Path, LogFile> files = new HashMap<>();
    private final Map<InstanceId, ContainerLogs> containers = new HashMap<>();

    StackLogs(StackContext context, LogQuery query) {
        this.context = context;
        this.query = query;
    }

    /** Looks at what is there: the last lines of all logs together. */
    List<LogLine> read() throws InterruptedException {
        StackRecord stack = context.stateFile()
                .read()
                .stack()
                .orElseThrow(() -> new OperationRefusedException(
                        context.folder().stack().text(), "it does not exist, so it has no logs; apply it first"));
        query.instance().filter(id -> stack.instance(id).isEmpty()).ifPresent(id -> {
            throw new UnknownInstanceException(
                    context.folder().stack().text(),
                    id.text(),
                    stack.instances().stream().map(each -> each.id().text()).toList());
        });
        List<LogLine> lines = lines(stack);
        return lines.subList(Math.max(0, lines.size() - query.lines()), lines.size());
    }

    /** Tells what is written from now on, until the thread is interrupted. */
    void follow(LogListener listener) throws InterruptedException {
        context.machine().polling().every(PAUSE).repeat(() -> {
            Optional<StackRecord> stack = context.stateFile().read().stack();
            if (stack.isPresent()) {
                lines(stack.get()).forEach(listener::on);
            }
        });
    }

    /** What is new in all logs. Sorting keeps the order of lines with the same place, and so of each log. */
    private List<LogLine> lines(StackRecord stack) throws InterruptedException {
        List<DatedLine> lines = new ArrayList<>();
        for (InstanceRecord instance : stack.instances()) {
            lines.addAll(lines(instance.id(), instance.release().containers().isPresent()));
        }
        return lines.stream()
                .filter(line -> query.since().filter(line.place()::isBefore).isEmpty())
                .sorted(Comparator.comparing(DatedLine::place))
                .map(DatedLine::line)
                .toList();
    }

    private List<DatedLine> lines(InstanceId id, boolean ofContainers) throws InterruptedException {
        Path folder = context.folder().instance(id);
        LogSource nginx = ofContainers ? LogSource.EDGE : LogSource.WEB;
        List<DatedLine> lines = new ArrayList<>();
        lines.addAll(file(folder.resolve("logs/error.log"), id, nginx));
        lines.addAll(file(folder.resolve("logs/access.log"), id, nginx));
        if (ofContainers) {
            lines.addAll(containers
                    .computeIfAbsent(id, any -> new ContainerLogs(folder, context.machine(), id, query))
                    .read());
        } else {
            lines.addAll(file(folder.resolve("logs/app.log"), id, LogSource.APP));
        }
        return lines;
    }

    private List<DatedLine> file(Path file, InstanceId id, LogSource source) {
        Optional<InstanceId> instance = Optional.of(id);
        return query.asksFor(instance, source)
                ? files.computeIfAbsent(file, any -> new LogFile(file, instance, source, ZoneId.systemDefault()))
                        .read()
                : List.of();
    }

    @Override
    public void close() {
        files.values().forEach(LogFile::close);
    }
}
