package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;

/** Takes what exists already under the names of a stack on AWS into the stack. */
final class AdoptCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<Boolean> yes = Argument.option("-y", "--yes")
            .help("Do not ask. Needed where there is no terminal.")
            .alone();

    private final Argument<Boolean> dryRun = Argument.option("--dry-run")
            .help("Only show what would be adopted.")
            .alone();

    AdoptCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("adopt", this)
                .about(
                        "Takes what exists already on AWS under the names of the stack into the stack.",
                        "These are the repositories for its images (STACK/web, ...) and its log group (/upkeep/STACK), made by hand or",
                        "kept by an earlier destroy. They stay as they are, with all that they hold; upkeep plan shows what the next apply",
                        "changes of them, and upkeep destroy keeps them. What else the stack needs beside them is made.",
                        "It shows what it will do and, on a terminal, asks first. You may interrupt it at any moment, and run it again.",
                        "An Elastic IP or a hosted zone is not adopted: a stack uses those that the file names (aws.address, domain), and never",
                        "removes them.")
                .arguments(options.all())
                .arguments(List.of(yes, dryRun))
                .closing(
                        "Examples:",
                        "  upkeep adopt --dry-run",
                        "  upkeep adopt && upkeep apply",
                        "",
                        "Exit codes:",
                        "  0 adopted, or nothing to adopt   1 failed   2 there is something to adopt (--dry-run)",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.config(terminal);
        StackSpec spec = AwsSpec.of(config.spec(), "resources to adopt");
        try (Platform platform = Platforms.open(config, terminal)) {
            if (dryRun.isGiven()) {
                return InterruptibleWork.changingElsewhere(
                        terminal, () -> "Interrupted; nothing was changed.", () -> preview(platform, spec));
            }
            StackChange change = new StackChange(platform, spec.name(), options, terminal);
            StackStatus status = change.run(() -> platform.planAdopt(spec), this::review);
            options.print(status, terminal);
            return ExitCode.OK;
        }
    }

    private int preview(Platform platform, StackSpec spec) throws InterruptedException {
        try (Draft draft = new Draft(platform, platform.planAdopt(spec))) {
            options.print(draft.plan(), terminal);
            return draft.plan().isEmpty() ? ExitCode.OK : ExitCode.CHANGES;
        }
    }

    private void review(Plan plan) throws InterruptedException {
        if (!plan.isEmpty() && !yes.isGiven()) {
            Confirmation.ask("Adopt this? Type yes to go on: ", "yes", "nothing was adopted", terminal);
        }
    }
}
