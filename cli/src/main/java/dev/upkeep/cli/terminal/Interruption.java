package dev.upkeep.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets Ctrl-C and SIGTERM end a piece of work in good order: its thread is interrupted and given some time, then one line says how
 * things stand. The virtual machine then exits with 130 or 143 by itself. Closed when the work is over.
 */
public final class Interruption implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread worker = Thread.currentThread();
    private final Thread hook;
    private final Terminal terminal;
    private final Supplier<String> farewell;

    private Interruption(Terminal terminal, Supplier<String> farewell) {
        this.terminal = terminal;
        this.farewell = farewell;
        this.hook = new Thread(this::stop, "interruption");
    }

    /**
     * Watches over the work of the calling thread.
     *
     * @param terminal where the last line goes
     * @param farewell says how things stand and what to do next; asked after the work was stopped
     * @return to be closed when the work is over
     */
    public static Interruption watch(Terminal terminal, Supplier<String> farewell) {
        Interruption interruption = new Interruption(terminal, farewell);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void stop() {
        worker.interrupt();
        boolean ended = endsInTime();
        terminal.flush();
        terminal.err().println("\r" + farewell.get() + (ended ? "" : " (a step did not stop in time)"));
        terminal.err().flush();
    }

    private boolean endsInTime() {
        try {
            return over.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyShould) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The work is over. If it was stopped, the process is about to exit. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            terminal.flush();
        }
    }
}
