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

    private final Terminal terminal;
    private final String command;
    private final StackOptions options = new StackOptions();

    private final Argument<Boolean> yes = Argument.option("-y", "--yes")
            .help("Do not ask, also where the way to the version may lose requests.")
            .alone();

    /**
     * Changes nothing yet.
     *
     * @param command that changes the release, for messages
     */
    ReleaseChange(Terminal terminal, String command) {
        this.terminal = terminal;
        this.command = command;
    }

    /** Chooses the version. */
    @FunctionalInterface
    interface Choice {

        /** Looks at what stands, and changes nothing. */
        Wanted of(Platform platform, StackStatus status) throws InterruptedException;
    }

    /**
     * What is to be served.
     *
     * @param version what {@code /version.txt} is to say
     * @param review looks at the plan; what it throws ends the change
     */
    record Wanted(String version, StackChange.Review review) {}

    Syntax declareOn(Syntax syntax, Argument<String> version) {
        return syntax.arguments(List.of(version)).arguments(options.all()).arguments(List.of(yes));
    }

    int run(Choice choice) throws InterruptedException {
        Config config = options.config(terminal);
        try (Platform platform = Platforms.open(config, terminal)) {
            return to(choice.of(platform, standing(platform, config)), platform, config);
        }
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

    /** The stack that stands here, and that nobody changes. */
    private StackStatus standing(Platform platform, Config config) throws InterruptedException {
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
        StackStatus status = platform.status(stack);
        if (status.state() == StackState.ABSENT) {
            throw new FailedException("stack " + stack + " does not exist; upkeep apply stands it up");
        }
        return status;
    }

    private int to(Wanted wanted, Platform platform, Config config) throws InterruptedException {
        StackSpec spec = config.spec().withVersion(wanted.version());
        StackStatus status = new StackChange(platform, spec.name(), options, terminal)
                .run(() -> SpecProblemPositions.during(config, () -> platform.plan(spec)), plan -> {
                    refuseMore(plan);
                    wanted.review().of(plan);
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
        if (!noticed.isEmpty() && !yes.isGiven()) {
            terminal.err().println("Requests may be lost: " + noticed + ".");
            Confirmation.ask("Do this? Type yes to go on: ", "yes", "nothing was changed", terminal);
        }
    }
}
