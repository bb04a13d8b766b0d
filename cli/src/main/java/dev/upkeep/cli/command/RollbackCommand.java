package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.release.Deployment;
import dev.upkeep.infra.spec.StackName;
import java.util.List;
import java.util.Optional;

/** Brings a stack back to a version that it had. */
final class RollbackCommand implements Command {

    private final Terminal terminal;
    private final StackOptions options = new StackOptions();

    private final Argument<String> version = Argument.operand(
            "VERSION", "0..1", "The version to go back to; the one before the present one unless given.");

    private final Argument<Boolean> yes = Argument.option("-y", "--yes")
            .help("Do not ask, also where the way back may lose requests.")
            .alone();

    RollbackCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("rollback", this)
                .about(
                        "Brings a stack back to a version that it had, and loses no request.",
                        "upkeep release history shows the versions. With images it is exactly what was served then. Without, the",
                        "files of the site must be those of that version again, and it is refused if they are not.",
                        "The platform local only, so far.")
                .arguments(List.of(version))
                .arguments(options.all())
                .arguments(List.of(yes))
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
        Config config = options.config(terminal);
        Optional<String> named = version.value().map(ReleaseChange::version);
        try (Platform platform = Platforms.open(config, terminal)) {
            ReleaseChange.requireStanding(platform, config, "rollback");
            StackName stack = config.spec().name();
            String wanted = named.isPresent() ? named.get() : before(platform, stack);
            Deployment then = had(platform, stack, wanted);
            return new ReleaseChange(platform, config, options, yes.isGiven(), terminal)
                    .to(wanted, plan -> requireSameSite(plan, then));
        }
    }

    /** What was served until the latest deployment; one that was cut short half-way has not brought another yet. */
    private static String before(Platform platform, StackName stack) throws InterruptedException {
        StackStatus status = platform.status(stack);
        Optional<String> deployed = status.deployed().map(Release::version);
        boolean isHalfWay = deployed.isPresent()
                && status.instances().stream()
                        .anyMatch(instance -> !instance.version().equals(deployed.get()));
        return isHalfWay ? deployed.get() : beforeLatest(platform, stack);
    }

    private static String beforeLatest(Platform platform, StackName stack) {
        return platform.deployments(stack).stream()
                .filter(Deployment::isDone)
                .findFirst()
                .flatMap(Deployment::before)
                .orElseThrow(() -> new FailedException("stack " + stack
                        + " had no other version before, as far as is kept; upkeep rollback VERSION names one"));
    }

    private static Deployment had(Platform platform, StackName stack, String wanted) {
        return platform.deployments(stack).stream()
                .filter(Deployment::isDone)
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
