package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressListener;
import java.util.List;
import java.util.Optional;

/** Says once more why the last operation failed. */
final class WhyCommand implements Command {

    private final Terminal terminal;

    private final FileOption file = new FileOption();

    WhyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("why", this)
                .about(
                        "Says why the last operation failed: what failed first, the evidence, and what to do.",
                        "Also where nothing of the stack is left; on AWS for as long as CloudFormation remembers.")
                .arguments(List.of(file.argument()))
                .closing(
                        "Examples:",
                        "  upkeep why",
                        "",
                        "Exit codes:",
                        "  0 the last operation did not fail   1 it failed, or nobody can say   64 wrong usage",
                        "  78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        return StackReading.of(file.read(terminal), terminal, (platform, stack) -> {
            Operation last = StackReading.latest(platform, stack);
            return platform.current(stack).filter(last::equals).isPresent() ? running(last) : explain(platform, last);
        });
    }

    private int running(Operation operation) {
        terminal.out().println(operation.describe() + " is at work; upkeep events --follow tells how it goes on");
        return ExitCode.OK;
    }

    private int explain(Platform platform, Operation operation) throws InterruptedException {
        Outcome outcome = platform.follow(operation, 0, ProgressListener.none());
        Optional<String> failure = outcome.failure().map(Throwable::getMessage);
        terminal.out()
                .println(operation.describe()
                        + failure.map(text -> " failed: " + text)
                                .orElse(
                                        switch (outcome.ending()) {
                                            case SUCCEEDED -> " succeeded";
                                            case STOPPED ->
                                                " was stopped before its end; the next apply or destroy goes on";
                                            default ->
                                                " has ended, and nobody knows how; upkeep status says how things stand";
                                        }));
        return outcome.ending() == Outcome.Ending.SUCCEEDED ? ExitCode.OK : ExitCode.FAILED;
    }
}
