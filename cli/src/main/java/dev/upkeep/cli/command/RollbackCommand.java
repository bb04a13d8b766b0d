package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.release.Deployment;
import dev.upkeep.infra.spec.StackName;
import java.util.List;
import java.util.Optional;

/** Brings a stack back to a version that it had. */
final class RollbackCommand implements Command {

    private final ReleaseChange change;

    private final Argument<String> version = Argument.operand(
            "VERSION", "0..1", "The version to go back to; the one before the present one unless given.");

    RollbackCommand(Terminal terminal) {
        this.change = new ReleaseChange(terminal, "rollback");
    }

    @Override
    public Syntax syntax() {
        return change.declareOn(Syntax.of("rollback", this), version)
                .about(
                        "Brings a stack back to a version that it had, and loses no request.",
                        "upkeep release history shows the versions. With images it is exactly what was served then. Without, the",
                        "files of the site must be those of that version again, and it is refused if they are not.",
                        "The platform local only, so far.")
                .closing(
                        "Examples:",
                        "  upkeep rollback",
                        "  upkeep rollback 1.0.5",
                        "",
                        "Exit codes:",
                        "  0 done   1 failed   64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<String> named = version.value().map(ReleaseChange::version);
        return change.run((platform, status) -> {
            List<Deployment> done = platform.deployments(status.stack()).stream()
                    .filter(Deployment::isDone)
                    .toList();
            Deployment then = had(done, status.stack(), named.orElseGet(() -> before(done, status)));
            return new ReleaseChange.Wanted(then.version(), plan -> requireSameSite(plan, then));
        });
    }

    /** What was served until the latest deployment; one that was cut short half-way has not brought another yet. */
    private static String before(List<Deployment> done, StackStatus status) {
        Optional<String> deployed = status.deployed().map(Release::version);
        boolean isHalfWay = deployed.isPresent()
                && status.instances().stream()
                        .anyMatch(instance -> !instance.version().equals(deployed.get()));
        return isHalfWay
                ? deployed.get()
                : done.stream()
                        .findFirst()
                        .flatMap(Deployment::before)
                        .orElseThrow(
                                () -> new FailedException(
                                        "stack " + status.stack()
                                                + " had no other version before, as far as is kept; upkeep rollback VERSION names one"));
    }

    private static Deployment had(List<Deployment> done, StackName stack, String wanted) {
        return done.stream()
                .filter(deployment -> deployment.version().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new FailedException("stack " + stack + " never served " + wanted
                        + ", as far as is kept; upkeep release history shows what it served, and upkeep deploy brings it to a new"
                        + " version"));
    }

    /** A site that is no part of an image is not kept when another is served. */
    private static void requireSameSite(Plan plan, Deployment then) {
        Optional<String> now = plan.goal().map(Plan.Goal::release).flatMap(Release::site);
        if (!now.equals(then.site())) {
            throw new FailedException("refused: the files of the site are not those of " + then.version()
                    + ". Put them back, for instance by git checkout, and run it again. Nothing was changed");
        }
    }
}
