package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server program that runs in the foreground as a child of this JVM. It is ended by its handle, never by name, and at the latest when
 * the JVM ends.
 */
public final class Daemon implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Daemon::kill), "kill-daemons"));
    }

    private final Process process;
    private final Path output;

    private Daemon(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a program in a folder; what it prints goes to {@code output.log} there. */
    public static Daemon start(Path folder, List<String> command) {
        Path output = folder.resolve("output.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            RUNNING.add(process);
            process.getOutputStream(); // stays open: openssl s_server ends when its standard input does
            return new Daemon(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    command.get(0) + " cannot be started; ./verify installs it, or says what to install", e);
        }
    }

    /** Returns when the program is ready. */
    public Daemon awaitReady(BooleanSupplier ready) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                String state = process.isAlive() ? "is not ready" : "ended with " + process.exitValue();
                close();
                throw new IllegalStateException(
                        process.info().command().orElse("the program") + " " + state + ": " + output());
            }
            rest();
        }
        return this;
    }

    /** What the program has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Kills what the program has started, and leaves the program alone. */
    void killChildren() {
        process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
    }

    /** Asks the program to end, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
            }
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
        } finally {
            RUNNING.remove(process);
        }
    }

    /** Workers outlive a master that is killed. */
    private static void kill(Process process) {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program started", e);
        }
    }
}
