package dev.upkeep.infra.local.container;

import dev.upkeep.infra.aws.ecr.EcrHost;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.local.process.Launch;
import dev.upkeep.infra.local.process.Launcher;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.preflight.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The docker command, which finds its engine as it does in a shell: by {@code DOCKER_HOST}, or its own configuration. */
public final class Docker {

    static final Duration QUESTION_LIMIT = Duration.ofSeconds(5);

    private static final Duration PULL_LIMIT = Duration.ofMinutes(10);

    private final Path folder;
    private final Machine machine;

    /**
     * Works in a folder.
     *
     * @param folder a real folder of the stack, which need not exist yet
     * @param machine what to work with
     */
    public Docker(Path folder, Machine machine) {
        this.folder = folder;
        this.machine = machine;
    }

    /** Docker knows an image that it pulled by digest under a name without the tag. */
    static String name(ImageReference image) {
        return image.place() + "@" + image.digest().orElseThrow();
    }

    /**
     * Whether the engine answers, this user may use it, and it has a network.
     *
     * @param network the name of the network
     * @return the first problem; empty if all is well
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Optional<Finding> problem(String network) throws InterruptedException {
        Launcher.Finished version = docker(QUESTION_LIMIT, "version", "--format", "{{.Server.Version}}");
        if (!version.succeeded()) {
            String said =
                    version.output().lines().reduce((first, second) -> second).orElse("it says nothing");
            return Optional.of(Finding.problem(
                    "the engine of Docker does not answer: " + said,
                    "start it, or see whether you may use it (docker version)"));
        }
        return docker(QUESTION_LIMIT, "network", "inspect", "--format", "{{.Name}}", network)
                        .succeeded()
                ? Optional.empty()
                : Optional.of(Finding.problem(
                                "Docker has no network " + network,
                                "name one that docker network ls shows, as local.network")
                        .at("/local/network"));
    }

    /**
     * Whether the engine has an image.
     *
     * @param image its name with the digest
     * @return false if it has to be pulled
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean has(ImageReference image) throws InterruptedException {
        return docker(QUESTION_LIMIT, "image", "inspect", "--format", "{{.Id}}", name(image))
                .succeeded();
    }

    /**
     * Pulls an image; blocks until that is done, ten minutes at most.
     *
     * @param image its name with the digest
     * @throws ResourceFailedException if it cannot be pulled
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void pull(ImageReference image) throws InterruptedException {
        Launcher.Finished pull = docker(PULL_LIMIT, "pull", "--quiet", name(image));
        if (!pull.succeeded()) {
            throw new ResourceFailedException(
                    "image " + image.repository(),
                    "docker pull " + name(image) + " failed; if the registry wants to know who you are, run "
                            + login(image.registry()),
                    pull.output());
        }
    }

    private static String login(String registry) {
        return EcrHost.parse(registry)
                .map(host -> "aws ecr get-login-password --region " + host.region()
                        + " | docker login --username AWS --password-stdin " + registry)
                .orElse("docker login " + registry);
    }

    Launcher.Finished docker(Duration limit, String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        return run(limit, command);
    }

    Launcher.Finished run(Duration limit, List<String> command) throws InterruptedException {
        StackFolder.make(folder);
        try {
            Path output = Files.createTempFile(folder, "docker", ".out");
            try {
                return machine.launcher().run(Launch.in(folder, output, command), limit);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new ResourceFailedException(
                    "docker", "could not run " + command.get(0), String.valueOf(e.getMessage()));
        }
    }
}
