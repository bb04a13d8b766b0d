package dev.upkeep.system.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What an operator does with {@code kill}. */
final class Signals {
    private Signals() {}

    /**
     * Sends a signal.
     *
     * @param signal its name, such as {@code INT}
     * @param target a process of ours, or, with a minus sign, a process group of ours
     */
    static void send(String signal, long target) {
        try {
            Process kill = new ProcessBuilder("/bin/kill", "-s", signal, "--", Long.toString(target))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -s " + signal + " " + target + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static void rest(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
