package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brings the instances that stand to another release, one after another, and changes nothing else of the stack. If one of them does not come to serve it,
 * all go back.
 */
final class ReleaseChange {

    private final Platform platform;
    private final Config config;
    private final StackOptions options;
    private final boolean isAgreed;
    private final Terminal terminal;

    /**
     * Changes nothing yet.
     *
     * @param isAgreed whether requests may be lost without a question
     */
    ReleaseChange(Platform platform, Config config, StackOptions options, boolean isAgreed, Terminal terminal) {
        this.platform = platform;
        this.config = config;
        this.options = options;
        this.isAgreed = isAgreed;
        this.terminal = terminal;
    }

    /** What can be a version, as it was typed. */
    static String version(String typed) {
        try {
            StackSpec.checkVersion(typed);
            return typed;
        } catch (InvalidSpecException e) {
            throw new UsageException("VERSION: " + e.problems().get(0).message() + "; "
                    + e.problems().get(0).hint());
        }
    }

    /** Refuses what is no release of a stack that stands here. */
    static void requireStanding(Platform platform, Config config, String command) throws InterruptedException {
        if (!(config.spec().settings() instanceof LocalSettings)) {
            throw new FailedException("upkeep " + command + " does not work on "
                    + config.spec().settings().platform()
                    + " yet: a stack there stays with the version that it was made with. Nothing was changed");
        }
        StackName stack = config.spec().name();
        platform.current(stack).ifPresent(operation -> {
            throw new FailedException("stack " + stack + " is being changed: " + operation.describe()
                    + "; upkeep events tells how that goes. Nothing was changed");
        });
        if (platform.status(stack).state() == StackState.ABSENT) {
            throw new FailedException("stack " + stack + " does not exist; upkeep apply stands it up");
        }
    }

    int to(String version, StackChange.Review review) throws InterruptedException {
        StackSpec wanted = config.spec().withVersion(version);
        StackStatus status = new StackChange(platform, wanted.name(), options, terminal)
                .run(() -> SpecProblemPositions.during(config, () -> platform.plan(wanted)), plan -> {
                    refuseMore(plan);
                    review.of(plan);
                    askIfUsersNotice(plan);
                });
        options.print(status, terminal);
        return status.state() == StackState.RUNNING ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void refuseMore(Plan plan) {
        List<String> more = plan.changes().stream()
                .filter(change -> !isOfRelease(change))
                .map(Change::resource)
                .toList();
        if (!more.isEmpty()) {
            throw new FailedException("refused: the file changes more of the stack than its release ("
                    + String.join(", ", more) + "); upkeep apply does that. Nothing was changed");
        }
    }

    private static boolean isOfRelease(Change change) {
        return change.resource().startsWith("instance ")
                && (change.action() == Action.UPDATE || change.action() == Action.RESTART);
    }

    private void askIfUsersNotice(Plan plan) throws InterruptedException {
        String noticed = plan.changes().stream()
                .map(Change::impact)
                .filter(impact -> impact.level() != Impact.Level.NONE)
                .map(Impact::sentence)
                .distinct()
                .collect(Collectors.joining("; "));
        if (!noticed.isEmpty() && !isAgreed) {
            terminal.err().println("Requests may be lost: " + noticed + ".");
            Confirmation.ask("Do this? Type yes to go on: ", "yes", "nothing was changed", terminal);
        }
    }
}
