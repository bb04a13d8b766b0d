package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.PortTakenException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.local.process.Ownership;
import dev.upkeep.infra.local.process.PortHolders;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.process.ProcessTable;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.spec.AppSpec;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a stack requires of its spec and of this machine, before anything is touched. */
final class StackRequirements {

    private final StackContext context;
    private final StackSpec spec;

    StackRequirements(StackContext context, StackSpec spec) {
        this.context = context;
        this.spec = spec;
    }

    void check() {
        List<SpecProblem> problems = problems();
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
        context.programs().require(programs());
        if (spec.shape() == Shape.HIGHLY_AVAILABLE) {
            context.haproxy().checkPath();
        }
    }

    /** The programs that the stack needs. */
    List<String> programs() {
        List<String> programs = new ArrayList<>(List.of("nginx"));
        if (spec.shape() == Shape.HIGHLY_AVAILABLE) {
            programs.add("haproxy");
        }
        if (Releases.isOfImages(spec)) {
            programs.addAll(List.of("docker", "curl", "bash", "flock"));
        }
        return programs;
    }

    /** What in the spec does not fit this machine. */
    List<SpecProblem> problems() {
        List<SpecProblem> problems = new ArrayList<>();
        if (!(spec.settings() instanceof LocalSettings)) {
            problems.add(new SpecProblem(
                    "/platform",
                    "the spec is for the platform " + spec.settings().platform(),
                    "write platform: local"));
        }
        if (Releases.isOfImages(spec)) {
            // Site and application are in the images.
            return problems;
        }
        spec.site()
                .filter(site -> !Files.isDirectory(site))
                .ifPresent(site -> problems.add(new SpecProblem(
                        "/site", "there is no folder " + site, "name a folder of static files, or leave it out")));
        spec.app()
                .filter(app -> app.command().isEmpty() && !app.image().equals(AppSpec.SAMPLE_IMAGE))
                .ifPresent(app -> problems.add(new SpecProblem(
                        "/app/image",
                        "the platform local does not run the image " + app.image() + " yet",
                        "say how to start the application here, as app.command")));
        if (spec.app().filter(app -> !app.command().isEmpty()).isPresent() && !Files.isDirectory(spec.baseFolder())) {
            problems.add(new SpecProblem(
                    "/app/command", "there is no folder " + spec.baseFolder() + " to run it in", "make the folder"));
        }
        return problems;
    }

    /** Only a port that the user named can be refused; one of our own choice is chosen anew. */
    void checkEdgePort(Optional<StackRecord> previous) {
        int port = Steps.port(spec);
        if (port == 0 || Ports.isFree(port)) {
            return;
        }
        PortHolders holders = new PortHolders(ProcessTable.system());
        Optional<ProcessFacts> holder = holders.of(port);
        boolean ours = holder.map(Ownership.of(context.folder().path())::covers)
                .orElseGet(() ->
                        previous.filter(stack -> stack.ports().contains(port)).isPresent());
        if (!ours) {
            throw new PortTakenException(port, holders.describe(port));
        }
    }
}
