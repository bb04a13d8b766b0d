package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.local.container.InstanceContainers;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.process.Processes;
import dev.upkeep.infra.local.process.Signal;
import dev.upkeep.infra.local.state.Trees;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.progress.EventKind;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Removes a stack by its folder alone, so that it needs no state file. */
final class Destruction {

    private static final Duration QUIT_GRACE = Duration.ofMillis(700);

    private final StackContext context;

    Destruction(StackContext context) {
        this.context = context;
    }

    /** What is there to be removed; empty if nothing is. Needs no state file that can be read, and nothing that answers. */
    List<Change> changes() {
        List<Change> changes =
                context.stateFile().read().stack().map(Steps::destroying).orElse(List.of());
        if (!changes.isEmpty() || isNothingLeft()) {
            return changes;
        }
        String reason = "files or processes of it are left, without a state that can be read";
        return List.of(new Change(
                "stack " + context.folder().stack(),
                Action.DELETE,
                List.of(),
                reason,
                Replacement.NEVER,
                Impact.downtime("nobody is served any more"),
                Optional.empty()));
    }

    /** Only what is there counts: what is broken is removed all the same. */
    Basis basis() {
        Map<String, String> facts = new HashMap<>();
        changes().forEach(change -> facts.put(change.resource(), "there"));
        return Basis.of(facts);
    }

    private boolean isNothingLeft() {
        return !Files.exists(context.folder().path())
                && context.machine().processes().within(context.folder().path()).isEmpty();
    }

    void run() throws InterruptedException {
        String stack = context.folder().stack().text();
        context.report().tell(stack, EventKind.STARTED, "stop everything");
        // From the outside in: nobody is sent to a server that is going.
        end(process -> process.program().equals("haproxy"), Signal.TERM);
        end(process -> process.program().equals("nginx"), Signal.QUIT);
        InstanceContainers.removeAll(context.folder(), context.machine());
        end(process -> true, Signal.TERM);
        refuseIfAnyIsLeft(stack);
        Trees.remove(context.folder().path());
        context.report().tell(stack, EventKind.DONE, "removed");
    }

    private void end(Predicate<ProcessFacts> which, Signal signal) throws InterruptedException {
        Processes processes = context.machine().processes();
        List<ProcessFacts> found =
                processes.within(context.folder().path()).stream().filter(which).toList();
        processes.end(found, signal, QUIT_GRACE);
    }

    private void refuseIfAnyIsLeft(String stack) {
        List<Long> left = context.machine().processes().within(context.folder().path()).stream()
                .map(ProcessFacts::pid)
                .toList();
        if (!left.isEmpty()) {
            throw new ResourceFailedException(stack, "processes are still there after SIGKILL: " + left, "");
        }
    }
}
