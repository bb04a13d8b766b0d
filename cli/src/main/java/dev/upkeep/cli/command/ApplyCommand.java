package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.PlanFile;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;
import java.util.List;

/** Brings the stack to what the file says. */
final class ApplyCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<String> saved = Argument.operand(
            "PLAN",
            "0..1",
            "A plan that upkeep plan --out has saved. Apply does exactly that, and does not read the configuration file.");

    private final Argument<Boolean> allowDowngrade = Argument.option("--allow-downgrade")
            .help("Let instances go back to an older version.")
            .alone();

    private final Argument<Boolean> yes = Argument.option("-y", "--yes")
            .help("Do not ask before a stack on AWS is changed. Needed where there is no terminal.")
            .alone();

    private final UpgradeOption upgrade = new UpgradeOption();

    ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("apply", this)
                .about(
                        "Makes the stack what upkeep.yaml says: creates, changes or repairs it.",
                        "It changes one instance after another and loses no request. You may interrupt it at any moment;",
                        "the next apply goes on. If another operation is changing the stack, apply follows that one first.")
                .arguments(List.of(saved))
                .arguments(options.all())
                .arguments(List.of(allowDowngrade, upgrade.argument(), yes))
                .closing(
                        "Examples:",
                        "  upkeep apply",
                        "  VERSION=1.0.7 upkeep apply",
                        "      The file says version: $${VERSION}.",
                        "  upkeep plan --out change.plan && upkeep apply change.plan",
                        "      Does what plan has shown, or refuses if the stack has changed since.",
                        "  upkeep apply --yes",
                        "      In a pipeline: a stack on AWS is changed only if somebody says so.",
                        "  upkeep apply --output jsonl",
                        "      Prints one JSON document for each step, and the stack at the end.",
                        "",
                        "Exit codes:",
                        "  0 done   1 failed   64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        return saved.isGiven() ? applySaved(saved.value().orElseThrow()) : applyFile();
    }

    private int applySaved(String name) throws InterruptedException {
        if (options.isFileGiven()) {
            throw new UsageException("a saved plan and --file say different things; leave one of them out");
        }
        upgrade.refuseWith("a saved plan");
        Plan plan = PlanFile.read(terminal.resolve(Path.of(name)));
        try (Platform platform = Platforms.open(plan, terminal)) {
            StackChange change = new StackChange(platform, plan.stack(), options, terminal);
            StackStatus status = change.runSaved(plan, this::review);
            boolean isDone = plan.goal().isPresent() ? serves(status) : status.state() == StackState.ABSENT;
            print(status);
            return isDone ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private int applyFile() throws InterruptedException {
        Config config = options.config(terminal);
        StackSpec wanted = upgrade.of(config.spec());
        try (Platform platform = Platforms.open(config, terminal)) {
            StackChange change = new StackChange(platform, config.spec().name(), options, terminal);
            StackStatus status =
                    change.run(() -> SpecProblemPositions.during(config, () -> platform.plan(wanted)), this::review);
            print(status);
            return serves(status) ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** Users got the version, or the operation would have failed: that instances are missing is told, and for a check. */
    private static boolean serves(StackStatus status) {
        boolean lacksInstances =
                status.missing() > 0 && (status.state() == StackState.DOWN || status.state() == StackState.DEGRADED);
        return lacksInstances || status.state() == StackState.RUNNING;
    }

    private void print(StackStatus status) {
        options.print(status, terminal);
        if (options.format() == OutputFormat.HUMAN) {
            StackText.outputs(status.outputs(), terminal.out(), terminal.columns());
        }
    }

    private void review(Plan plan) throws InterruptedException {
        if (!plan.downgrades().isEmpty() && !allowDowngrade.isGiven()) {
            throw new FailedException("refused, because it would or may go back to an older version: "
                    + String.join("; ", plan.downgrades())
                    + ". Write the newer version into the file, or use --allow-downgrade");
        }
        boolean costs = !plan.isEmpty() && !plan.platform().equals(LocalSettings.PLATFORM);
        if (costs && !yes.isGiven()) {
            Confirmation.ask("Do this? Type yes to go on: ", "yes", "nothing was changed", terminal);
        }
    }
}
