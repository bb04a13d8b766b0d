package dev.upkeep.system.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program that runs. Closing kills it, and nothing but it. */
public final class Running implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final Process process;
    private final String name;
    private final Path out;
    private final Path err;

    Running(Process process, String name, Path out, Path err) {
        this.process = process;
        this.name = name;
        this.out = out;
        this.err = err;
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** What it has printed to standard output so far. */
    public String out() {
        return text(out);
    }

    /** What it has printed to standard error so far. */
    public String err() {
        return text(err);
    }

    /** Waits until it has printed a text, to whichever stream. */
    public Running awaitText(String text) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!out().contains(text) && !err().contains(text)) {
            if (!process.isAlive() || System.nanoTime() - limit > 0) {
                throw new AssertionError(name + " has not printed \"" + text + "\" but " + out() + "\n" + err());
            }
            Signals.rest(Duration.ofMillis(2));
        }
        return this;
    }

    /** Sends a signal to it alone. */
    public Running signal(String signal) {
        Signals.send(signal, process.pid());
        return this;
    }

    /** Sends SIGKILL, unless it has ended in the meantime. */
    public Running killIfRunning() {
        process.destroyForcibly();
        return this;
    }

    /** Sends a signal to its process group, as a terminal does. It must have been started as the leader of one. */
    public Running signalGroup(String signal) {
        Signals.send(signal, -process.pid());
        return this;
    }

    /** Waits until it has ended by itself. */
    public Ended end() {
        return end(PATIENCE);
    }

    /** Waits until it has ended by itself, which must not take longer than the limit. */
    public Ended end(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        name + " has not ended within " + limit.toMillis() + " ms; it printed " + out() + "\n" + err());
            }
            return new Ended(process.exitValue(), out(), err());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ran", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
