package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.process.Processes;
import dev.upkeep.infra.local.process.Signal;
import dev.upkeep.infra.local.state.Trees;
import dev.upkeep.infra.progress.Phase;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Removes a stack by its folder alone, so that it needs no state file. */
final class Destruction {

    private static final Duration QUIT_GRACE = Duration.ofMillis(700);

    private final Context context;

    Destruction(Context context) {
        this.context = context;
    }

    boolean isNothingLeft() {
        return !java.nio.file.Files.exists(context.folder().path())
                && context.machine().processes().within(context.folder().path()).isEmpty();
    }

    void run() throws InterruptedException {
        String stack = context.folder().stack().text();
        context.report().tell(stack, Phase.STARTED, "stop everything");
        // From the outside in: nobody is sent to a server that is going.
        end(process -> process.program().equals("haproxy"), Signal.TERM);
        end(process -> process.program().equals("nginx"), Signal.QUIT);
        end(process -> true, Signal.TERM);
        refuseIfAnyIsLeft(stack);
        Trees.remove(context.folder().path());
        context.report().tell(stack, Phase.DONE, "removed");
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
