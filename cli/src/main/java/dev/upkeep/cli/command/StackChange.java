package dev.upkeep.cli.command;

import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.StackBusyException;
import dev.upkeep.infra.spec.StackName;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Changes a stack by a plan: follows whatever changes it already, plans, and does what the plan says. Plans again if the stack
 * changed in between.
 */
final class StackChange {

    private static final String ASK_STATUS =
            "Interrupted; upkeep status says how things stand, and the same command goes on from there.";

    /** How often it is planned at most; somebody else may be faster each time. */
    private static final int TRIES = 10;

    /** So that whoever was faster can say who it is. */
    private static final int PAUSE_MILLIS = 100;

    private final Platform platform;
    private final StackName stack;
    private final StackOptions options;
    private final Terminal terminal;
    private volatile Optional<Operation> followed = Optional.empty();
    private volatile Optional<Operation> started = Optional.empty();
    private volatile Optional<Plan> notBegun = Optional.empty();
    private volatile boolean mayHaveBegun;

    StackChange(Platform platform, StackName stack, StackOptions options, Terminal terminal) {
        this.platform = platform;
        this.stack = stack;
        this.options = options;
        this.terminal = terminal;
    }

    /** Makes a plan. */
    @FunctionalInterface
    interface Planner {

        Plan plan() throws InterruptedException;
    }

    /** Looks at a plan before it is started; what it throws ends the change. */
    @FunctionalInterface
    interface Review {

        void of(Plan plan) throws InterruptedException;
    }

    /** Brings the stack to what the planner wants; a plan that is empty is started too, to verify what stands. */
    StackStatus run(Planner planner, Review review) throws InterruptedException {
        return InterruptibleWork.changingElsewhere(terminal, this::farewell, () -> {
            for (int tries = 1; ; tries++) {
                followOther();
                Plan plan = planner.plan();
                notBegun = Optional.of(plan);
                try {
                    show(plan);
                    platform.requireStartable(plan);
                    review.of(plan);
                    return plan.isEmpty() && plan.goal().isEmpty() ? platform.status(stack) : start(plan);
                } catch (StackBusyException | StalePlanException changedMeanwhile) {
                    mayHaveBegun = false;
                    discard();
                    if (tries == TRIES) {
                        throw changedMeanwhile;
                    }
                    terminal.err().println("stack " + stack + " changed meanwhile; planning again");
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                } finally {
                    discard();
                }
            }
        });
    }

    /** Does what a saved plan says, or nothing at all. */
    StackStatus runSaved(Plan plan, Review review) throws InterruptedException {
        return InterruptibleWork.changingElsewhere(terminal, this::farewell, () -> {
            followOther();
            show(plan);
            platform.requireStartable(plan);
            review.of(plan);
            return start(plan);
        });
    }

    /** What is kept for a plan that was not begun. */
    private synchronized void discard() {
        Optional<Plan> plan = notBegun;
        notBegun = Optional.empty();
        try {
            plan.ifPresent(platform::discard);
        } catch (InfraException left) {
            terminal.err().println("what was kept for the plan could not be removed: " + left.getMessage());
        }
    }

    private void show(Plan plan) {
        if (options.format() == OutputFormat.HUMAN) {
            new StackText(terminal.errPalette()).plan(plan, terminal.err());
        }
    }

    private StackStatus start(Plan plan) throws InterruptedException {
        mayHaveBegun = true;
        Operation operation = platform.start(plan);
        notBegun = Optional.empty();
        started = Optional.of(operation);
        return new OwnOperation(platform, options, terminal).await(operation, () -> platform.status(stack));
    }

    private void followOther() throws InterruptedException {
        Optional<Operation> other = platform.current(stack);
        followed = other;
        if (other.isEmpty()) {
            return;
        }
        terminal.err()
                .println("stack " + stack + " is being changed: " + other.get().describe() + "; following it");
        Progress.during(terminal, "for " + other.get().describe(), progress -> {
            platform.follow(other.get(), 0, options.listener(progress, terminal));
            return true;
        });
        followed = Optional.empty();
    }

    String farewell() {
        discard();
        Optional<Operation> other = followed;
        if (other.isPresent()) {
            return "Interrupted; " + other.get().describe() + " goes on.";
        }
        if (started.filter(platform::goesOnAlone).isPresent()) {
            return "Interrupted; what was started goes on. Run the same command to follow it.";
        }
        if (!mayHaveBegun) {
            return "Interrupted; nothing was changed.";
        }
        try {
            StackState found = platform.status(stack).state();
            return found == StackState.ABSENT
                    ? "Interrupted; nothing of stack " + stack + " is there. Run upkeep apply to stand it up."
                    : "Interrupted; stack " + stack + " is " + StackText.lower(found)
                            + ". Run upkeep apply to go on, or upkeep destroy to remove it.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ASK_STATUS;
        } catch (RuntimeException unknown) {
            // The platform may not be reached, or be closed by the command, which does not wait for it for long.
            return ASK_STATUS;
        }
    }
}
