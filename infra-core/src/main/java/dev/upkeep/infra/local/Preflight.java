package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.PortTakenException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.failure.StateFolderException;
import dev.upkeep.infra.local.container.Docker;
import dev.upkeep.infra.local.process.ProgramVersion;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks whether a stack could stand on this machine. Changes nothing. */
final class Preflight {

    private static final Map<String, String> PURPOSES = Map.of(
            "nginx",
            "every instance is one",
            "haproxy",
            "it is the load balancer of a highly available stack",
            "docker",
            "it runs the images of a release",
            "curl",
            "it asks containers whether they are ready",
            "bash",
            "it runs upkeep-run, which looks after containers",
            "flock",
            "it keeps two of upkeep-run from one instance");

    private final StackContext context;
    private final StackSpec spec;
    private final StackRequirements requirements;
    private final List<Finding> findings = new ArrayList<>();

    Preflight(StackContext context, StackSpec spec) {
        this.context = context;
        this.spec = spec;
        this.requirements = new StackRequirements(context, spec);
    }

    List<Finding> findings() throws InterruptedException {
        for (String name : requirements.programs()) {
            program(name);
        }
        if (Releases.isOfImages(spec)) {
            engine();
        }
        stateFolder();
        spec();
        startPage();
        if (Steps.port(spec) != 0) {
            port();
        }
        return findings;
    }

    private void spec() {
        List<SpecProblem> problems = requirements.problems();
        if (problems.isEmpty()) {
            try {
                new Releases(context.folder().root()).of(spec);
            } catch (InvalidSpecException unreadable) {
                problems = unreadable.problems();
            }
        }
        for (SpecProblem problem : problems) {
            findings.add(Finding.problem(problem.message(), problem.hint()).at(problem.pointer()));
        }
    }

    /** Without an application, nobody but the site can answer those who ask for nothing in particular. */
    private void startPage() {
        spec.site()
                .filter(site -> spec.app().isEmpty() && !Files.isRegularFile(site.resolve("index.html")))
                .ifPresent(site -> findings.add(Finding.note(
                                "the site has no index.html: users who ask for / get 404, while the stack is up",
                                "put an index.html into " + site)
                        .at("/site")));
    }

    private void program(String name) throws InterruptedException {
        Optional<Path> found = context.programs().find(name);
        if (found.isPresent()) {
            findings.add(Finding.ok(name + ProgramVersion.of(found.get()) + " at " + found.get()));
        } else {
            String install = context.programs().installCommand(List.of(name));
            findings.add(Finding.problem(
                    "no " + name + " on this machine; " + PURPOSES.get(name),
                    install.isEmpty() ? "install it with the package manager" : "run: " + install));
        }
    }

    private void engine() throws InterruptedException {
        if (context.programs().find("docker").isEmpty()) {
            return;
        }
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Docker docker = new Docker(folder, context.machine());
        findings.add(docker.problem(((LocalSettings) spec.settings()).network())
                .orElseGet(() -> Finding.ok("the engine of Docker answers")));
    }

    private void stateFolder() {
        Path folder = context.folder().root();
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            findings.add(Finding.problem(
                    "state folder " + folder + ": " + existing + " may not be written to",
                    "change its permissions, or set XDG_STATE_HOME to another folder"));
            return;
        }
        try {
            if (spec.shape() == Shape.HIGHLY_AVAILABLE) {
                context.haproxy().checkPath();
            }
            findings.add(Finding.ok("state folder " + folder + (existing.equals(folder) ? "" : ", to be made")));
        } catch (StateFolderException tooLong) {
            findings.add(Finding.problem(String.valueOf(tooLong.getMessage()), StackFolder.ELSEWHERE));
        }
    }

    private void port() {
        int port = Steps.port(spec);
        try {
            Optional<StackRecord> standing = context.stateFile().read().stack();
            requirements.checkEdgePort(standing);
            boolean ours =
                    standing.filter(stack -> stack.ports().contains(port)).isPresent();
            findings.add(Finding.ok("port " + port + (ours ? " is the stack's own" : " is free")));
        } catch (PortTakenException taken) {
            findings.add(Finding.problem(
                            "port " + port + " cannot be listened on: " + taken.getMessage(),
                            "free it, or choose another as local.port")
                    .at("/local/port"));
        } catch (StateFolderException said) {
            findings.add(Finding.problem(String.valueOf(said.getMessage()), ""));
        }
    }
}
