package dev.upkeep.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets Ctrl-C and SIGTERM end a piece of work in good order: its thread is interrupted and given some time, then one line says how
 * things stand. The virtual machine then exits with 130 or 143 by itself.
 */
public final class Interruption {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread worker = Thread.currentThread();
    private final Thread hook;
    private final Terminal terminal;
    private final Supplier<String> farewell;

    /**
     * Work that can be interrupted.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does it.
         *
         * @throws InterruptedException if it was interrupted
         */
        T run() throws InterruptedException;
    }

    private Interruption(Terminal terminal, Supplier<String> farewell) {
        this.terminal = terminal;
        this.farewell = farewell;
        this.hook = new Thread(this::stop, "interruption");
    }

    /**
     * Does some work on the calling thread.
     *
     * @param terminal where the last line goes
     * @param farewell says how things stand and what to do next; asked after the work was stopped
     * @param work what is done
     * @return what came of it
     * @throws InterruptedException if it was interrupted; the process is then about to exit
     */
    public static <T> T stops(Terminal terminal, Supplier<String> farewell, Work<T> work) throws InterruptedException {
        Interruption interruption = new Interruption(terminal, farewell);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        try {
            return work.run();
        } finally {
            interruption.over();
        }
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

    private void over() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            terminal.flush();
        }
    }
}
