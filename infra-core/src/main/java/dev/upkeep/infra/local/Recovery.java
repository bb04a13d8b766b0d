package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.local.container.InstanceContainers;
import dev.upkeep.infra.local.process.Signal;
import dev.upkeep.infra.local.state.FoundState;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers from what earlier operations left: a note of an interrupted one, a damaged state file, unknown processes. */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final Duration GRACE = Duration.ofMillis(700);

    private final StackContext context;

    Recovery(StackContext context) {
        this.context = context;
    }

    /** Makes the folder ready for an apply; without a readable state file nothing that runs in it can be kept. */
    void tidy(FoundState memory) throws InterruptedException {
        StackFolder.make(context.folder().path());
        memory.stack().flatMap(stack -> stack.operation()).ifPresent(this::tellOf);
        if (memory.damaged()) {
            String aside = context.stateFile().setAside().toString();
            notice("its state file could not be read (" + memory.problem() + "); kept as " + aside
                    + "; the stack is built anew");
        }
        if (memory.stack().isEmpty()) {
            endAll();
        }
    }

    private void tellOf(Operation interrupted) {
        notice("found an interrupted " + interrupted.describe() + "; going on from there");
    }

    private void endAll() throws InterruptedException {
        var left = context.machine().processes().within(context.folder().path());
        if (!left.isEmpty()) {
            notice("ending " + left.size() + " processes of an earlier run");
        }
        if (!context.machine().processes().end(left, Signal.TERM, GRACE)) {
            throw new ResourceFailedException(stack(), "processes of an earlier run cannot be ended", "");
        }
        InstanceContainers.removeAll(context.folder(), context.machine());
    }

    private void notice(String message) {
        context.report().tell(stack(), EventKind.NOTICE, message);
    }

    private String stack() {
        return context.folder().stack().text();
    }

    /** Notes an operation that must work even on a full disk. */
    void remember(Operation operation) {
        try {
            context.stateFile()
                    .read()
                    .stack()
                    .ifPresent(stack -> context.stateFile().write(stack.during(operation)));
        } catch (InfraException e) {
            LOG.debug("Could not note {}", operation, e);
        }
    }

    /** After a failure that was reported there is nothing to go on with. What failed may be noted already. */
    void failed(Optional<StackState> left, RuntimeException cause) {
        try {
            context.stateFile()
                    .read()
                    .stack()
                    .ifPresent(
                            stack -> context.stateFile().write(stack.failed(left, String.valueOf(cause.getMessage()))));
        } catch (InfraException e) {
            LOG.debug("Could not note the end of the operation", e);
        }
    }
}
