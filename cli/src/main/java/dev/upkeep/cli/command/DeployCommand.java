package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.plan.Plan;

/** Brings a stack that stands to another version, without a change of its file. */
final class DeployCommand implements Command {

    private final ReleaseChange change;

    private final Argument<String> version = Argument.operand("VERSION", "1", "What /version.txt is to say.");

    DeployCommand(Terminal terminal) {
        this.change = new ReleaseChange(terminal, "deploy");
    }

    @Override
    public Syntax syntax() {
        return change.declareOn(Syntax.of("deploy", this), version)
                .about(
                        "Brings a stack that stands to another version, and loses no request.",
                        "Each instance in turn is drained, swapped, verified and put back into rotation; then the edge is asked. If one",
                        "does not come to serve the version, all that were changed go back, and it ends with 1.",
                        "With images the version must have been made: upkeep image push && upkeep release create. Without, it is the",
                        "files and the program that the file names, as they are now. What else the file changes comes by upkeep apply.",
                        "The platform local only, so far.")
                .closing(
                        "Examples:",
                        "  upkeep deploy 1.0.7",
                        "  upkeep deploy 1.0.7 --output jsonl",
                        "      Prints one JSON document for each step, and the stack at the end.",
                        "",
                        "Afterwards upkeep check expects that version, and upkeep plan shows what the file says instead.",
                        "",
                        "Exit codes:",
                        "  0 done   1 failed, and everything is as before   64 wrong usage",
                        "  78 bad configuration   130 interrupted; the same command goes on");
    }

    @Override
    public Integer call() throws InterruptedException {
        String wanted = ReleaseChange.version(version.value().orElseThrow());
        return change.run((platform, status) -> new ReleaseChange.Wanted(wanted, DeployCommand::refuseOlder));
    }

    private static void refuseOlder(Plan plan) {
        if (!plan.downgrades().isEmpty()) {
            throw new FailedException("refused, because it would go back to an older version: "
                    + String.join("; ", plan.downgrades()) + ". That is what upkeep rollback does");
        }
    }
}
