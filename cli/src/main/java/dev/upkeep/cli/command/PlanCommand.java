package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.graph.GraphFormat;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Says what an apply would change. */
final class PlanCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<Path> out = Argument.option("--out")
            .help("Save the plan to this file. upkeep apply FILE then does exactly that.")
            .takingFile();

    private final Argument<Boolean> destroy =
            Argument.option("--destroy").help("Plan to remove the stack.").alone();

    private final Argument<Boolean> drift = Argument.option("--drift")
            .help("Also look for what somebody changed by hand. On AWS that may take some minutes.")
            .alone();

    private final UpgradeOption upgrade = new UpgradeOption();

    private final Argument<GraphFormat> graph = Argument.option("--graph")
            .help(
                    "Draw the plan instead of listing it: dot (for Graphviz), mermaid (for Markdown) or svg (for browsers).")
            .completedBy(GraphFormat.words())
            .taking("LANGUAGE", GraphFormat::parse);

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("plan", this)
                .about("Shows what apply would change, and changes nothing.")
                .arguments(options.all())
                .arguments(List.of(out, destroy, drift, upgrade.argument(), graph))
                .closing(
                        "Examples:",
                        "  upkeep plan",
                        "  upkeep plan --file staging.yaml --output json",
                        "  upkeep plan --out change.plan && upkeep apply change.plan",
                        "      Apply does what plan has shown.",
                        "  upkeep plan --drift",
                        "      Also what is not as the last apply left it, and what an apply would do about it.",
                        "  VERSION=1.0.7 upkeep plan",
                        "      The file says version: $${VERSION}.",
                        "  upkeep plan --graph svg > plan.svg",
                        "      A picture of all parts, and of what happens to them. Notes go to standard error.",
                        "",
                        "Exit codes:",
                        "  0 nothing to change   2 there are changes, or --drift has found some   1 failed, also if",
                        "  --drift has found nothing but could not compare all   64 wrong usage   78 bad configuration",
                        "  130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (destroy.isGiven()) {
            upgrade.refuseWith("--destroy");
            if (drift.isGiven()) {
                throw new UsageException("--drift says nothing about --destroy; leave one of them out");
            }
        }
        if (graph.isGiven()) {
            refuseOtherOutput();
        }
        Config config = options.config(terminal);
        StackSpec wanted = upgrade.of(config.spec());
        try (Platform platform = Platforms.open(config, terminal)) {
            return InterruptibleWork.changingElsewhere(
                    terminal, () -> "Interrupted; nothing was changed.", () -> shown(platform, config, wanted));
        }
    }

    private int shown(Platform platform, Config config, StackSpec wanted) throws InterruptedException {
        Plan plan = destroy.isGiven()
                ? platform.planDestroy(config.spec())
                : SpecProblemPositions.during(config, () -> platform.plan(wanted));
        try (Draft draft = new Draft(platform, plan.askedAt(config.check().url()))) {
            Optional<Drift> found = drift.isGiven() ? Optional.of(drift(platform, plan)) : Optional.empty();
            out.value().ifPresent(file -> draft.save(terminal.resolve(file), terminal));
            print(plan, found);
            return code(plan, found);
        }
    }

    /** Where nothing was found, though not all could be compared, nobody knows. */
    static int code(Plan plan, Optional<Drift> found) {
        if (!plan.isEmpty() || found.filter(drift -> !drift.isEmpty()).isPresent()) {
            return ExitCode.CHANGES;
        }
        boolean failed = found.filter(drift -> !drift.failures().isEmpty()).isPresent();
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private void refuseOtherOutput() {
        if (out.isGiven()) {
            throw new UsageException("--out saves the plan for upkeep apply, and not its graph, which goes to standard"
                    + " output: upkeep plan --graph svg > FILE. Leave one of them out");
        }
        if (options.format() != OutputFormat.HUMAN) {
            throw new UsageException("--graph and --output " + options.format().word()
                    + " are two forms of the same plan; leave one of them out");
        }
    }

    private void print(Plan plan, Optional<Drift> found) {
        if (graph.isGiven()) {
            terminal.out().print(graph.value().orElseThrow().draw(plan));
            StackText text = new StackText(terminal.errPalette());
            text.remarks(plan, terminal.err());
            found.ifPresent(drifted -> text.drift(drifted, terminal.err()));
            return;
        }
        options.print(plan, found, terminal);
        if (options.format() == OutputFormat.HUMAN) {
            if (found.isEmpty() && !destroy.isGiven() && plan.platform().equals(AwsSettings.PLATFORM)) {
                terminal.out().println("  upkeep plan --drift also looks for what somebody changed by hand");
            }
            out.value()
                    .ifPresent(file ->
                            terminal.out().println("saved as " + file + ", to be applied before " + plan.expiresAt()));
        }
    }

    private Drift drift(Platform platform, Plan plan) throws InterruptedException {
        return Progress.during(
                terminal,
                "for what was changed by hand",
                progress -> platform.drift(plan, options.listener(progress, terminal)));
    }
}
