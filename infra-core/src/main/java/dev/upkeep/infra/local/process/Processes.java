package dev.upkeep.infra.local.process;

import dev.upkeep.infra.time.Polling;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and ends processes that are proved to be ours, and no others. Safe for use by several threads.
 *
 * <p>Between the proof and the signal lies less than a millisecond, in which the number would have to be given to
 * another process; the kernel counts through the whole number space first.
 */
public final class Processes {

    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

    /** How long TERM may take before KILL. */
    private static final Duration TERM_GRACE = Duration.ofSeconds(1);

    /** KILL is at once, unless the process sits in the kernel. */
    private static final Duration KILL_GRACE = Duration.ofSeconds(3);

    private final ProcessTable table;
    private final Polling polling;

    /**
     * Works on the given table.
     *
     * @param table where processes are looked up
     * @param polling how to wait for them to end
     */
    public Processes(ProcessTable table, Polling polling) {
        this.table = table;
        this.polling = polling;
    }

    /**
     * Looks up a process by a number that may be stale.
     *
     * @param pid the number, from a pid file or a record
     * @param folder the real folder that the process must belong to
     * @return the process, only if it is proved to belong to the folder
     */
    public Optional<ProcessFacts> owned(long pid, Path folder) {
        return table.find(pid).filter(Ownership.of(folder)::covers);
    }

    /**
     * Finds every process that belongs to a folder or one below it.
     *
     * @param folder the real folder
     * @return the processes, never this one
     */
    public List<ProcessFacts> within(Path folder) {
        Ownership rule = Ownership.of(folder);
        long self = ProcessHandle.current().pid();
        return table.all().stream()
                .filter(process -> process.pid() != self && rule.covers(process))
                .toList();
    }

    /**
     * Whether a process still runs.
     *
     * @param process a process that was found before
     * @return true if that very process, not merely its number, is there
     */
    public boolean runs(ProcessFacts process) {
        return table.find(process.pid()).filter(process::sameProcess).isPresent();
    }

    /**
     * Whether a process that somebody noted down is still the one he meant.
     *
     * @param pid its number
     * @param moment when it was noted down
     * @return true if a process of that number runs and had started by then
     */
    public boolean isOlder(long pid, Instant moment) {
        // Start times are computed from the boot time and may be a moment late.
        Instant latest = moment.plusSeconds(2);
        return table.find(pid).isPresent()
                && ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().startInstant())
                        .filter(start -> start.isBefore(latest))
                        .isPresent();
    }

    /**
     * Ends processes: the first signal, then TERM, then KILL; a stopped process gets KILL at once. Blocks for a bounded
     * time until all are gone.
     *
     * @param processes processes that were proved to be ours
     * @param first how to ask first
     * @param grace how long the first signal may take
     * @return whether all are gone
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean end(List<ProcessFacts> processes, Signal first, Duration grace) throws InterruptedException {
        processes.forEach(process -> signal(process, process.stopped() ? Signal.KILL : first));
        if (polling.until(grace, () -> gone(processes))) {
            return true;
        }
        processes.forEach(process -> signal(process, Signal.TERM));
        if (polling.until(TERM_GRACE, () -> gone(processes))) {
            return true;
        }
        processes.forEach(process -> signal(process, Signal.KILL));
        return polling.until(KILL_GRACE, () -> gone(processes));
    }

    private boolean gone(List<ProcessFacts> processes) {
        return processes.stream().noneMatch(this::runs);
    }

    /**
     * Sends a signal if the very process is still there.
     *
     * @param process a process that was proved to be ours
     * @param signal what to send
     */
    public void signal(ProcessFacts process, Signal signal) {
        if (!runs(process)) {
            return;
        }
        LOG.debug("Sending {} to {} (pid {})", signal, process.program(), process.pid());
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        switch (signal) {
            case TERM -> handle.ifPresent(ProcessHandle::destroy);
            case KILL -> handle.ifPresent(ProcessHandle::destroyForcibly);
            default -> kill(process.pid(), signal);
        }
    }

    /** The JDK knows only TERM and KILL; every POSIX shell has kill built in. */
    private static void kill(long pid, Signal signal) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOG.debug("Could not send {} to pid {}", signal, pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
