package dev.upkeep.infra.local.container;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.local.process.Launcher;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.local.state.AtomicFile;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.server.RunnerScript;
import dev.upkeep.infra.server.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The containers of one instance. A release has one of two names, in turn, so that the next one is started beside the one that
 * users are led to. Which one that is says a link in the instance's folder; there is no other state.
 */
public final class InstanceContainers {

    /** The link that leads to the socket of the release; relative to the folder of the instance, in which nginx works. */
    public static final String SOCKET = "run/current.sock";

    private static final String ONE = "a";
    private static final String OTHER = "b";

    /** Beside what the containers themselves may take: Docker makes three of them, or stops them one after another. */
    private static final Duration DOCKER_LIMIT = Duration.ofSeconds(45);

    private static final int GRACE_SECONDS = 5;
    private static final int LONGEST_NAME = 14;

    private final Path folder;
    private final Docker docker;

    /**
     * Works on one folder.
     *
     * @param folder the real folder of the instance, which need not exist yet
     * @param machine what to work with
     */
    public InstanceContainers(Path folder, Machine machine) {
        this.folder = folder;
        this.docker = new Docker(folder, machine);
    }

    /**
     * Stops the containers of all instances of a stack, by their folders alone: what they were is not always remembered.
     *
     * @param stack the folder of the stack
     * @param machine what to work with
     * @throws ResourceFailedException if one cannot be stopped
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static void removeAll(StackFolder stack, Machine machine) throws InterruptedException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(stack.path())) {
            folders = found.filter(Files::isDirectory).toList();
        } catch (NoSuchFileException nothingThere) {
            return;
        } catch (IOException e) {
            throw StackFolder.unusable(stack.path(), e);
        }
        for (Path folder : folders) {
            new InstanceContainers(folder, machine).remove();
        }
    }

    /** How the containers begin: one machine may have stacks of one name in several state folders. */
    private String prefix() {
        String stack = String.valueOf(folder.getName(folder.getNameCount() - 2));
        String readable = stack.substring(0, Math.min(stack.length(), LONGEST_NAME));
        String unique = Sha256.ofText(folder.toString()).substring(0, 8);
        return readable + "-" + unique + "-" + folder.getFileName();
    }

    private Path sockets() {
        return folder.resolve("run");
    }

    /**
     * Whether the instance has, or had, any.
     *
     * @return false if none was ever started there
     */
    public boolean exist() {
        return Files.isDirectory(sockets());
    }

    /**
     * The name of the release that users are led to.
     *
     * @return empty if they are led to none
     */
    public Optional<String> current() {
        try {
            return Optional.of(String.valueOf(
                    Files.readSymbolicLink(folder.resolve(SOCKET)).getName(0)));
        } catch (IOException | UnsupportedOperationException none) {
            return Optional.empty();
        }
    }

    /**
     * The name that a release started next takes.
     *
     * @return the one that users are not led to
     */
    public String spare() {
        return current().filter(ONE::equals).isPresent() ? OTHER : ONE;
    }

    /**
     * Starts the containers of a release, and blocks until it is ready. If it does not come to that they are removed again. What was left
     * under that name goes first.
     *
     * @param name {@link #spare()}
     * @param release with containers
     * @param within how long it may take to get ready
     * @throws ResourceFailedException if it is not ready in time
     * @throws InterruptedException if the calling thread is interrupted; the containers may be there
     */
    public void start(String name, Release release, Duration within) throws InterruptedException {
        Release.Containers containers = release.containers().orElseThrow();
        stop(name);
        List<String> words = new ArrayList<>(List.of("start", name, "--web", Docker.name(containers.web())));
        if (release.application() instanceof Application.Image image) {
            words.addAll(List.of("--app", Docker.name(image.reference())));
        }
        words.addAll(List.of("--network", containers.network()));
        release.environment()
                .values()
                .forEach((variable, value) -> words.addAll(List.of("--env", variable + "=" + value)));
        words.addAll(List.of("--env", "VERSION=" + release.version()));
        words.addAll(List.of("--grace", Integer.toString(GRACE_SECONDS)));
        words.addAll(List.of("--within", Long.toString(within.toSeconds())));
        run("its containers did not get ready", within.plus(DOCKER_LIMIT), words);
    }

    /**
     * Leads users to a release: from then on nginx sends every request there.
     *
     * @param name a release that is ready
     * @throws ResourceFailedException if it is not
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void lead(String name) throws InterruptedException {
        run("its containers are not ready", DOCKER_LIMIT, List.of("swap", name, "--keep"));
    }

    /**
     * Leads users back to a release that they were led to before, even if it is not ready: it may not have been then.
     *
     * @param name a release that is there
     * @throws ResourceFailedException if they cannot be led there
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void leadBack(String name) throws InterruptedException {
        run("users could not be led back to its containers", DOCKER_LIMIT, List.of("swap", name, "--keep", "--force"));
    }

    /**
     * Stops a release that users are not led to. Does nothing if it is not there.
     *
     * @param name its name
     * @throws ResourceFailedException if it cannot be stopped
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void stop(String name) throws InterruptedException {
        run("its containers could not be stopped", DOCKER_LIMIT, List.of("stop", name));
    }

    /**
     * Stops all of them. Does nothing if the instance never had any, and then needs no Docker.
     *
     * @throws ResourceFailedException if one cannot be stopped
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void remove() throws InterruptedException {
        if (exist()) {
            run("its containers could not be removed", DOCKER_LIMIT, List.of("remove"));
        }
    }

    /**
     * What Docker says of each container that does not run.
     *
     * @return in one phrase; empty if all run
     * @throws InterruptedException if the calling thread is interrupted
     */
    public String trouble() throws InterruptedException {
        String label = "label=dev.upkeep.stack=" + prefix();
        Launcher.Finished asked = docker.docker(
                Docker.QUESTION_LIMIT,
                "ps",
                "--all",
                "--filter",
                label,
                "--filter",
                "label=dev.upkeep.release=" + current().orElse(ONE),
                "--format",
                "{{.Label \"dev.upkeep.part\"}} {{.State}} {{.Status}}");
        if (!asked.succeeded()) {
            return "the engine of Docker does not answer ("
                    + asked.output().lines().findFirst().orElse("it says nothing") + "), so start it first";
        }
        if (asked.output().isEmpty()) {
            return "its containers are gone";
        }
        return asked.output()
                .lines()
                .filter(line -> !line.contains(" running "))
                .sorted()
                .map(line -> "container " + line.replaceFirst(" [a-z]+ ", ": "))
                .collect(Collectors.joining(", "));
    }

    /** The number of each container, also of one that has ended, and the part that it is; none if Docker does not answer. */
    Map<String, String> parts() throws InterruptedException {
        Launcher.Finished asked = docker.docker(
                Docker.QUESTION_LIMIT,
                "ps",
                "--all",
                "--filter",
                "label=dev.upkeep.stack=" + prefix(),
                "--format",
                "{{.ID}} {{.Label \"dev.upkeep.part\"}}");
        Map<String, String> parts = new TreeMap<>();
        if (asked.succeeded()) {
            asked.output()
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .filter(words -> words.length == 2)
                    .forEach(words -> parts.put(words[0], words[1]));
        }
        return parts;
    }

    /** What one has printed from a moment on, at most so many lines; before each, when it was. */
    Launcher.Finished logs(String container, Optional<Instant> since, int lines) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("logs", "--timestamps", "--tail", Integer.toString(lines)));
        since.ifPresent(from -> words.addAll(List.of("--since", from.toString())));
        words.add(container);
        return docker.docker(Docker.QUESTION_LIMIT, words.toArray(String[]::new));
    }

    private void run(String problem, Duration limit, List<String> words) throws InterruptedException {
        StackFolder.make(sockets());
        List<String> command = new ArrayList<>(List.of("bash", script().toString()));
        command.addAll(words);
        command.addAll(List.of("--stack", prefix(), "--folder", sockets().toString()));
        Launcher.Finished finished = docker.run(limit, command);
        if (!finished.succeeded()) {
            throw new ResourceFailedException("instance " + folder.getFileName(), problem, finished.output());
        }
    }

    private Path script() {
        Path script = folder.resolve(RunnerScript.NAME);
        AtomicFile.write(script, RunnerScript.text());
        return script;
    }
}
