package dev.upkeep.cli.terminal;

import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Work that ends in good order on Ctrl-C and SIGTERM. Its thread is interrupted and gets some time to stop. Then one line says
 * how things stand. The virtual machine then exits with 130 or 143 by itself.
 */
public final class InterruptibleWork {

    /** How long work that changes something may take to stop. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** How long it may take where what it has begun is let go of over a network. */
    private static final Duration GRACE_ELSEWHERE = Duration.ofSeconds(10);

    /** How long the end of the work waits for the farewell, which may ask what the work has used. */
    private static final Duration FAREWELL_LIMIT = Duration.ofSeconds(5);

    /** Ctrl-C also reaches the programs that were just being started, so the failure of one may be seen before the signal is. */
    private static final Duration SIGNAL_DELAY = Duration.ofMillis(200);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch said = new CountDownLatch(1);
    private final Thread worker = Thread.currentThread();
    private final Thread hook;
    private final Terminal terminal;
    private final Supplier<String> farewell;
    private final Duration grace;

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

    InterruptibleWork(Terminal terminal, Supplier<String> farewell, Duration grace) {
        this.terminal = terminal;
        this.farewell = farewell;
        this.grace = grace;
        this.hook = new Thread(this::stop, "interruption");
    }

    /**
     * Does some work on the calling thread that only looks, so that nobody needs to wait until it has stopped.
     *
     * @param terminal where the last line goes
     * @param farewell the last line
     * @param work what is done
     * @return what came of it
     * @throws InterruptedException if it was interrupted; the process is then about to exit
     */
    public static <T> T reading(Terminal terminal, String farewell, Work<T> work) throws InterruptedException {
        return new InterruptibleWork(terminal, () -> farewell, Duration.ZERO).watch(work);
    }

    /**
     * Does some work on the calling thread that changes something.
     *
     * @param terminal where the last line goes
     * @param farewell says how things stand and what to do next; asked after the work was stopped, and before this returns
     * @param work what is done
     * @return what came of it
     * @throws InterruptedException if it was interrupted; the process is then about to exit
     */
    public static <T> T changing(Terminal terminal, Supplier<String> farewell, Work<T> work)
            throws InterruptedException {
        return new InterruptibleWork(terminal, farewell, GRACE).watch(work);
    }

    /**
     * The same for work that changes something on a platform, which may be far away: what it has begun there is let go of in some more time.
     *
     * @param terminal where the last line goes
     * @param farewell says how things stand and what to do next; asked after the work was stopped, and before this returns
     * @param work what is done
     * @return what came of it
     * @throws InterruptedException if it was interrupted; the process is then about to exit
     */
    public static <T> T changingElsewhere(Terminal terminal, Supplier<String> farewell, Work<T> work)
            throws InterruptedException {
        return new InterruptibleWork(terminal, farewell, GRACE_ELSEWHERE).watch(work);
    }

    /**
     * Whether something failed for no other reason than that its thread was interrupted: files are then closed under its hands.
     *
     * @param failure what was thrown
     */
    public static boolean wasInterrupted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException
                    || cause instanceof FileLockInterruptionException) {
                return true;
            }
        }
        return false;
    }

    /** Whatever fails after the interruption has begun is a consequence of it. */
    <T> T watch(Work<T> work) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.run();
        } catch (RuntimeException | Error failure) {
            if (hasBegun()) {
                InterruptedException interrupted = new InterruptedException("stopped while at work");
                interrupted.addSuppressed(failure);
                throw interrupted;
            }
            throw failure;
        } finally {
            over();
        }
    }

    private boolean hasBegun() {
        try {
            return begun.await(grace.isZero() ? 0 : SIGNAL_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException thatIsHowItBegins) {
            return true;
        }
    }

    void stop() {
        begun.countDown();
        worker.interrupt();
        try {
            boolean ended = endsInTime() || grace.isZero();
            terminal.flush();
            // Overwrites the ^C that the terminal itself has put there.
            String begin = terminal.isLive() ? "\r\u001B[K" : "";
            terminal.err().println(begin + farewell.get() + (ended ? "" : " (a step did not stop in time)"));
            terminal.err().flush();
        } finally {
            said.countDown();
        }
    }

    private boolean endsInTime() {
        try {
            return over.await(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyShould) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void over() {
        over.countDown();
        if (isStopping()) {
            awaitFarewell();
        }
    }

    private boolean isStopping() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return begun.getCount() == 0;
        } catch (IllegalStateException shuttingDown) {
            terminal.flush();
            return true;
        }
    }

    /** The caller closes next what the farewell may ask. The interrupt itself may come only now, once. */
    private void awaitFarewell() {
        boolean interrupted = false;
        boolean waited = false;
        while (!waited) {
            try {
                said.await(FAREWELL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                waited = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
