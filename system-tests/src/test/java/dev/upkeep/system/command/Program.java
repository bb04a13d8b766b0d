package dev.upkeep.system.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program that is going to be run: its words, its folder and its environment, which is all that it gets. Immutable.
 *
 * @param words the program and its arguments
 * @param folder where it works
 * @param environment all of its environment
 */
public record Program(List<String> words, Path folder, Map<String, String> environment) {
    /** A program in an environment that holds nothing but the search path and the language. */
    public static Program of(Path folder, String... words) {
        return new Program(List.of(words), folder, Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8"));
    }

    /** The same program with a variable set. */
    public Program with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Program(words, folder, Map.copyOf(more));
    }

    /** The same program with a variable not set. */
    public Program without(String name) {
        Map<String, String> fewer = new HashMap<>(environment);
        fewer.remove(name);
        return new Program(words, folder, Map.copyOf(fewer));
    }

    /** The same program with more arguments. */
    public Program and(String... more) {
        return new Program(Stream.concat(words.stream(), Stream.of(more)).toList(), folder, environment);
    }

    /** The same program, started by another one that replaces itself by it, such as {@code setsid}. */
    public Program through(List<String> starter) {
        return new Program(Stream.concat(starter.stream(), words.stream()).toList(), folder, environment);
    }

    /** Runs it to its end. */
    public Ended run() {
        try (Running running = start()) {
            return running.end();
        }
    }

    /** Starts it. */
    public Running start() {
        try {
            Path out = Files.createTempFile("upkeep-program-", ".out");
            Path err = Files.createTempFile("upkeep-program-", ".err");
            // A test may run as a background job, which ignores Ctrl-C, and so would what it starts.
            List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
            command.addAll(words);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Running(builder.start(), words.get(0), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    words.get(0) + " cannot be run; ./verify installs it, or says what to install", e);
        }
    }
}
