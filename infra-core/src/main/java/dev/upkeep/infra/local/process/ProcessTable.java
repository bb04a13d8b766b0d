package dev.upkeep.infra.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The processes of this machine. Safe for use by several threads. */
public interface ProcessTable {

    /**
     * Looks up one process.
     *
     * @param pid its number
     * @return what is known of it, empty if there is none
     */
    Optional<ProcessFacts> find(long pid);

    /**
     * Looks at all processes.
     *
     * @return those that run now
     */
    List<ProcessFacts> all();

    /**
     * The table of this machine: {@code /proc} where there is one, what the JDK knows elsewhere.
     *
     * @return the table
     */
    static ProcessTable system() {
        Path proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("self/stat")) ? new LinuxProcessTable(proc) : new PortableProcessTable();
    }
}
