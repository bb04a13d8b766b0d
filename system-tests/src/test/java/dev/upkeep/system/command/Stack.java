package dev.upkeep.system.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One stack on the local platform, in a home of its own. Closing destroys it and fails if anything is left of it. */
public final class Stack implements AutoCloseable {
    /** An application that starts faster than the sample, so that tests do not wait for it. */
    public static final String QUICK_APP =
            "app: { port: 8080, command: [sh, -c, 'exec /usr/bin/python3 -m http.server --bind 127.0.0.1 $PORT'] }\n";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path home;
    private final String name;

    private Stack(Path home, String name) {
        this.home = home;
        this.name = name;
    }

    /**
     * Describes a highly available stack of two instances; nothing stands yet.
     *
     * @param folder an empty folder
     * @param version what it is to serve
     */
    public static Stack pair(Path folder, String version) {
        return of(folder, "shape: highly-available\n" + QUICK_APP, version);
    }

    /** Describes a stack of one instance; nothing stands yet. */
    public static Stack single(Path folder, String version) {
        return of(folder, "shape: single\n" + QUICK_APP, version);
    }

    /** Describes any stack; nothing stands yet. */
    static Stack of(Path folder, String yaml, String version) {
        // Two builds on one machine have stacks of different names, and so of different ports.
        String name = "s" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        Stack stack = new Stack(folder, name);
        stack.describe(yaml, version);
        return stack;
    }

    /** Writes its upkeep.yaml anew. */
    void describe(String yaml, String version) {
        write("upkeep.yaml", "stack: " + name + "\nplatform: local\nversion: \"" + version + "\"\n" + yaml);
    }

    void write(String file, String text) {
        try {
            Files.writeString(home.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** Where the user works. */
    Path home() {
        return home;
    }

    /** Where the state of the stack lies. */
    Path folder() {
        return home.resolve("state/upkeep").resolve(name);
    }

    /** The command, in the user's folder. */
    public Program upkeep(String... words) {
        return Upkeep.in(home, words);
    }

    /** Stands it up, or brings it to what the file says. */
    public Ended apply() {
        return upkeep("apply").run().with(0);
    }

    /** The first line of what {@code upkeep status} says, and all that is wrong. */
    Ended status() {
        return upkeep("status").run();
    }

    /** The URL of the version file at the edge. */
    public String url() {
        String first = status().out().lines().findFirst().orElseThrow();
        return first.substring(first.indexOf("http://")) + "version.txt";
    }

    /** The number in a pid file. */
    long pid(String file) {
        try {
            return Long.parseLong(Files.readString(folder().resolve(file)).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Long> processes() {
        return Remains.processes(folder());
    }

    List<Long> processes(String program, String instance) {
        return Remains.processes(folder().resolve(instance), program);
    }

    @Override
    public void close() {
        Ended destroyed = upkeep("destroy", "--yes").run();
        List<Long> left = processes();
        left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        if (destroyed.code() != 0 || !left.isEmpty() || Files.exists(folder())) {
            throw new AssertionError("destroy left the processes " + left + " or " + folder() + ": " + destroyed);
        }
    }
}
