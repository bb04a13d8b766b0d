package dev.upkeep.cli.terminal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Shows on {@link Terminal#err} that the command is at work. On a terminal this is one line, drawn again and again, with the elapsed
 * time and what the command waits for. Elsewhere only {@linkplain #line lines} are printed. Safe for use by several threads.
 */
public final class Progress {

    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final String CLEAR = "\r\u001B[K";
    /** Turns wrapping off while the line is drawn: a line that wraps cannot be cleared. */
    private static final String WRAPS_NOT = "\u001B[?7l";

    private static final String WRAPS = "\u001B[?7h";
    private static final String TURNING = "|/-\\";

    private final Terminal terminal;
    private final long begin = System.nanoTime();
    private final @Nullable Thread drawing;
    private String waitingFor;
    private boolean drawn;
    private boolean closed;
    private int turn;

    private Progress(Terminal terminal, String waitingFor) {
        this.terminal = terminal;
        this.waitingFor = waitingFor;
        this.drawing = terminal.isLive() ? new Thread(this::redraw, "progress") : null;
    }

    /**
     * Work that takes a while.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does it.
         *
         * @param progress is told how it goes
         * @throws InterruptedException if it was interrupted
         */
        T run(Progress progress) throws InterruptedException;
    }

    /**
     * Does some work, and shows that.
     *
     * @param terminal where
     * @param waitingFor what is waited for first, a few words
     * @param work what is done
     * @return what came of it
     * @throws InterruptedException if it was interrupted
     */
    public static <T> T during(Terminal terminal, String waitingFor, Work<T> work) throws InterruptedException {
        Progress progress = new Progress(terminal, waitingFor);
        if (progress.drawing != null) {
            progress.drawing.setDaemon(true);
            progress.drawing.start();
        }
        try {
            return work.run(progress);
        } finally {
            progress.end();
        }
    }

    /** Sets what the command waits for now. */
    public synchronized void waitingFor(String what) {
        waitingFor = what;
    }

    /** Prints a line that stays on the screen. */
    public synchronized void line(String text) {
        clear();
        terminal.err().println(text);
    }

    /** Prints a line to the results. */
    public synchronized void result(String text) {
        clear();
        terminal.out().println(text);
        terminal.flush();
    }

    /** The time since the work began. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void redraw() {
        LockSupport.parkNanos(PATIENCE.toNanos());
        while (draw()) {
            LockSupport.parkNanos(REDRAW.toNanos());
        }
    }

    private synchronized boolean draw() {
        if (!closed) {
            turn = (turn + 1) % TURNING.length();
            String text = TURNING.charAt(turn) + " " + elapsed().toSeconds() + " s  " + waitingFor;
            terminal.err().print(CLEAR + WRAPS_NOT + text + WRAPS);
            terminal.err().flush();
            drawn = true;
        }
        return !closed;
    }

    private void clear() {
        if (drawn) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
            drawn = false;
        }
    }

    private synchronized void end() {
        closed = true;
        clear();
    }
}
