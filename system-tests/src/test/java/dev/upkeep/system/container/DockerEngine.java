package dev.upkeep.system.container;

import dev.upkeep.system.Waiting;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Docker engine of the tests' own. It leaves the machine's packet filter alone, so containers are reached only by ports that are
 * published on 127.0.0.1, and reach nobody. Its images are kept in the user's cache folder, where one engine at a time may work:
 * a second one waits. {@code UPKEEP_TEST_DOCKER_HOST} names an engine to be used instead.
 */
public final class DockerEngine implements AutoCloseable {
    /** The network for containers. */
    public static final String NETWORK = "upkeep-system-tests";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(8);

    private final Path folder;
    private final String host;
    private final Optional<FileChannel> lock;
    private Optional<Process> daemon = Optional.empty();

    private DockerEngine(Path folder, String host, Optional<FileChannel> lock) {
        this.folder = folder;
        this.host = host;
        this.lock = lock;
    }

    /** Starts it, or finds the one that was named, and returns when it answers. */
    public static DockerEngine start() {
        try {
            Path folder = Files.createTempDirectory("upkeep-docker-");
            String named = System.getenv("UPKEEP_TEST_DOCKER_HOST");
            DockerEngine engine = named == null
                    ? own(folder, Files.createDirectories(cache()))
                    : new DockerEngine(folder, named, Optional.empty());
            engine.removeEverything();
            engine.docker("network", "create", NETWORK).with(0);
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException("dockerd cannot be run; ./verify installs it, or says what to install", e);
        }
    }

    /** What outlives a run, so that the next one is faster. */
    static Path cache() {
        String home = System.getenv("XDG_CACHE_HOME");
        Path caches = home == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
        return caches.resolve("upkeep/system-tests");
    }

    // The lock is let go when the channel is closed, at the latest when this JVM ends, however it ends.
    @SuppressWarnings("resource")
    private static DockerEngine own(Path folder, Path cache) throws IOException {
        FileChannel lock =
                FileChannel.open(cache.resolve("docker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        Path data = cache.resolve("docker");
        endWhatAKilledRunLeft(data);
        String host = "unix://" + folder.resolve("docker.sock");
        DockerEngine engine = new DockerEngine(folder, host, Optional.of(lock));
        Process process = new ProcessBuilder(
                        "dockerd",
                        "--host=" + host,
                        "--data-root=" + data,
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("docker.pid"),
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--ip-forward=false")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dockerd.log").toFile())
                .start();
        engine.daemon = Optional.of(process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-dockerd"));
        engine.awaitAnswer(process);
        return engine;
    }

    /** Nobody else may have an engine on this folder: the lock is ours. */
    private static void endWhatAKilledRunLeft(Path data) {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("--data-root=" + data + " "))
                .forEach(left -> {
                    left.destroy();
                    left.onExit()
                            .orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .join();
                });
    }

    private void awaitAnswer(Process process) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (docker("version").code() != 0) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                process.destroy();
                throw new IllegalStateException(
                        "dockerd does not answer: " + Files.readString(folder.resolve("dockerd.log")));
            }
            Waiting.rest(Duration.ofMillis(100));
        }
    }

    /** Where it answers, as {@code DOCKER_HOST} names it. */
    String host() {
        return host;
    }

    /** Runs the docker command, and waits for its end. */
    public Ended docker(String... words) {
        return run(folder, Program.of(folder, "docker").and(words));
    }

    /** Runs a program that talks to this engine, and waits for its end. */
    public Ended run(Path home, Program program) {
        Program connected = connected(home, program);
        try (var running = connected.start()) {
            return running.end(COMMAND_LIMIT);
        }
    }

    /** The program, such that it talks to this engine. */
    public Program connected(Path home, Program program) {
        Program connected = program;
        for (Map.Entry<String, String> variable : Map.of(
                        "DOCKER_HOST", host, "HOME", home.toString(), "DOCKER_BUILDKIT", "0", "LC_ALL", "C.UTF-8")
                .entrySet()) {
            connected = connected.with(variable.getKey(), variable.getValue());
        }
        return connected;
    }

    /** What a template of Go says of a container or image. */
    public String inspect(String name, String template) {
        return docker("inspect", "--format", template, name).with(0).out().strip();
    }

    /** All containers of our own engine, also those that a run left behind: one that restarts would come back, and end only slowly. */
    private void removeEverything() {
        List<String> list = new ArrayList<>(List.of("ps", "--all", "--quiet"));
        if (daemon.isEmpty()) {
            list.add("--filter=label=dev.upkeep.stack");
        }
        for (String container :
                docker(list.toArray(String[]::new)).with(0).out().lines().toList()) {
            docker("rm", "--force", "--volumes", container);
        }
        docker("network", "rm", NETWORK);
    }

    /** Removes the containers of the tests, and ends the engine if it was started here. */
    @Override
    public void close() {
        removeEverything();
        daemon.ifPresent(process -> {
            process.destroy();
            process.onExit().orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        });
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
            // What a build in the network of this machine leaves mounted; usually nothing.
            Program.of(
                            Path.of("/"),
                            "umount",
                            "--quiet",
                            folder.resolve("exec/netns/default").toString())
                    .run();
            Program.of(Path.of("/"), "rm", "-rf", folder.toString()).run().with(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
