package dev.upkeep.infra.local.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One running process as the system describes it. Zombies do not count as running.
 *
 * @param pid its number, which another process may have tomorrow
 * @param started when it started, in a unit of the system's own; with the pid it names a process for good
 * @param parent its parent's number, 0 if unknown
 * @param stopped whether it is held by SIGSTOP or a debugger
 * @param program the program's short name, such as {@code nginx}
 * @param folder its working directory, if it may be seen
 * @param mark the folder of the instance it was started for, from {@link Ownership#MARK} in its environment; empty if
 *     it has none or its environment may not be seen
 * @param commandLine program and arguments in one text, empty if unknown
 */
public record ProcessFacts(
        long pid,
        long started,
        long parent,
        boolean stopped,
        String program,
        Optional<Path> folder,
        String mark,
        String commandLine) {

    /**
     * Whether both describe the same process, not merely the same number.
     *
     * @param other another description
     * @return true if number and start are the same
     */
    public boolean sameProcess(ProcessFacts other) {
        return pid == other.pid && started == other.started;
    }
}
