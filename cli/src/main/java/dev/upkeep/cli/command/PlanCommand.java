package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.PlanFile;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;
import java.util.List;

/** Says what an apply would change. */
final class PlanCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<Path> out = Argument.option("--out")
            .help("Save the plan to this file. upkeep apply FILE then does exactly that.")
            .takingFile();

    private final Argument<Boolean> destroy =
            Argument.option("--destroy").help("Plan to remove the stack.").alone();

    private final UpgradeOption upgrade = new UpgradeOption();

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("plan", this)
                .about("Shows what apply would change, and changes nothing.")
                .arguments(options.all())
                .arguments(List.of(out, destroy, upgrade.argument()))
                .closing(
                        "Examples:",
                        "  upkeep plan",
                        "  upkeep plan --file staging.yaml --output json",
                        "  upkeep plan --out change.plan && upkeep apply change.plan",
                        "      Apply does what plan has shown.",
                        "  VERSION=1.0.7 upkeep plan",
                        "      The file says version: $${VERSION}.",
                        "",
                        "Exit codes:",
                        "  0 nothing to change   2 there are changes   1 failed",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (destroy.isGiven()) {
            upgrade.refuseWith("--destroy");
        }
        Config config = options.config(terminal);
        StackSpec wanted = upgrade.of(config.spec());
        try (Platform platform = Platforms.open(config, terminal)) {
            Plan plan = destroy.isGiven()
                    ? platform.planDestroy(config.spec().name())
                    : SpecProblemPositions.during(config, () -> platform.plan(wanted));
            out.value().ifPresent(file -> PlanFile.write(plan, terminal.resolve(file)));
            options.print(plan, terminal);
            if (options.format() == OutputFormat.HUMAN) {
                out.value()
                        .ifPresent(file -> terminal.out()
                                .println("saved as " + file + ", to be applied before " + plan.expires()));
            }
            if (!out.isGiven()) {
                platform.discard(plan);
            }
            return plan.isEmpty() ? ExitCode.OK : ExitCode.CHANGES;
        }
    }
}
