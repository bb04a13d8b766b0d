package dev.upkeep.infra.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Processes that a test makes up. */
final class FakeProcessTable implements ProcessTable {

    final List<ProcessFacts> processes = new ArrayList<>();

    static ProcessFacts process(long pid, String program, String folder, String mark) {
        Optional<Path> works = folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
        return new ProcessFacts(pid, 1, 1, false, program, works, mark, "");
    }

    @Override
    public Optional<ProcessFacts> find(long pid) {
        return processes.stream().filter(process -> process.pid() == pid).findFirst();
    }

    @Override
    public List<ProcessFacts> all() {
        return List.copyOf(processes);
    }
}
