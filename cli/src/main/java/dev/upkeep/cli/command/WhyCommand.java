package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressListener;
import java.util.List;
import java.util.Optional;

/** Says once more why the last operation failed, or why users do not get what it deployed. */
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
                        "Also where nothing of the stack is left; on AWS for as long as CloudFormation remembers.",
                        "Where CloudFormation has succeeded, it asks as users do whether they are served.")
                .arguments(List.of(file.argument()))
                .closing(
                        "Examples:",
                        "  upkeep why",
                        "",
                        "Exit codes:",
                        "  0 the last operation did not fail   1 it failed, users do not get what it deployed, or nobody",
                        "  can say   64 wrong usage   78 bad configuration   130 interrupted");
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
        if (outcome.ending() == Outcome.Ending.SUCCEEDED) {
            return succeeded(operation, platform.unserved(operation.stack()));
        }
        Optional<String> failure = outcome.failure().map(Throwable::getMessage);
        terminal.out()
                .println(
                        operation.describe()
                                + failure.map(text -> " failed: " + text)
                                        .orElse(
                                                outcome.ending() == Outcome.Ending.STOPPED
                                                        ? " was stopped before its end; the next apply or destroy goes on"
                                                        : " has ended, and nobody knows how; upkeep status says how things stand"));
        return ExitCode.FAILED;
    }

    private int succeeded(Operation operation, Optional<Problem> unserved) {
        terminal.out()
                .println(operation.describe() + " succeeded"
                        + unserved.map(problem -> ", but " + problem.message() + "; " + problem.next())
                                .orElse(""));
        return unserved.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
}
