package dev.upkeep.infra.local.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the JDK can tell on every system: no working directory and no environment, but the command line. */
final class PortableProcessTable implements ProcessTable {

    @Override
    public Optional<ProcessFacts> find(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(PortableProcessTable::facts);
    }

    @Override
    public List<ProcessFacts> all() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(PortableProcessTable::facts)
                .toList();
    }

    private static ProcessFacts facts(ProcessHandle handle) {
        ProcessHandle.Info info = handle.info();
        String program = info.command()
                .map(command -> Path.of(command).getFileName())
                .map(Path::toString)
                .orElse("");
        return new ProcessFacts(
                handle.pid(),
                info.startInstant().map(Instant::toEpochMilli).orElse(0L),
                handle.parent().map(ProcessHandle::pid).orElse(0L),
                false,
                program,
                Optional.empty(),
                "",
                info.commandLine().orElse(program));
    }
}
