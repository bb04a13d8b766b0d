package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.AmiOutput;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.bake.BakedImage;
import dev.upkeep.infra.bake.Bakery;
import dev.upkeep.infra.bake.Pruning;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;

/** Makes, lists and removes machine images. */
final class AmiCommand implements Command {

    private static final List<String> ACTIONS = List.of("build", "list", "prune");

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<String> action = Argument.operand("ACTION", "1", "build, list or prune.", ACTIONS);

    private final Argument<Integer> keep = Argument.option("--keep")
            .help("prune: how many of the newest images that have served stay, used or not; those in use stay anyhow; "
                    + Bakery.USUAL_KEEP + " unless given.")
            .taking("COUNT", ValueConverters::integer);

    private final Argument<Boolean> dryRun =
            Argument.option("--dry-run").help("prune: only show what would go.").alone();

    private final Argument<Boolean> yes = Argument.option("-y", "--yes")
            .help("prune: do not ask. Needed where there is no terminal.")
            .alone();

    AmiCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("ami", this)
                .about(
                        "Makes, lists and removes machine images for a stack on AWS.",
                        "  build    starts an instance of aws.base-image, installs updates and Docker, pulls the images of the",
                        "           release, makes an image of it, and has an instance of that serve the version. Takes",
                        "           minutes, and nothing if nothing has changed. With image: baked the next apply takes it",
                        "  list     shows the images: what each holds, and who uses it",
                        "  prune    removes old images with their snapshots, but none that is in use, and what a build has left",
                        "You may interrupt a build at any moment: the next one goes on where it was.")
                .arguments(List.of(action))
                .arguments(options.all())
                .arguments(List.of(keep, dryRun, yes))
                .closing(
                        "Examples:",
                        "  upkeep ami build && upkeep apply",
                        "  upkeep ami list --output json",
                        "  upkeep ami prune --keep 1 --dry-run",
                        "",
                        "Exit codes:",
                        "  0 done   1 failed   2 there is something to remove (--dry-run)",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        String what = action.value().orElseThrow();
        if (!what.equals("prune") && (keep.isGiven() || dryRun.isGiven() || yes.isGiven())) {
            throw new UsageException("--keep, --dry-run and --yes are for prune only");
        }
        if (keep.value().filter(count -> count < 0).isPresent()) {
            throw new UsageException("--keep takes 0 or more");
        }
        Config config = options.config(terminal);
        StackSpec spec = AwsSpec.of(config.spec(), "machine images");
        try (Platform platform = Platforms.open(config, terminal)) {
            Bakery bakery = platform.bakery().orElseThrow();
            return switch (what) {
                case "build" -> build(config, platform, bakery);
                case "list" -> list(spec, bakery);
                case "prune" -> prune(spec, platform, bakery);
                default -> throw UsageException.unknownAction(what, ACTIONS);
            };
        }
    }

    private int build(Config config, Platform platform, Bakery bakery) throws InterruptedException {
        StackSpec spec = config.spec();
        BakedImage made = InterruptibleWork.changingElsewhere(
                terminal,
                () ->
                        "Interrupted; the next upkeep ami build goes on where this one was. Instances that were started end"
                                + " themselves, an image that was made costs until then; upkeep ami prune removes both at once.",
                () -> {
                    Operation operation = SpecProblemPositions.during(config, () -> bakery.bake(spec));
                    return new OwnOperation(platform, options, terminal).await(operation, () -> newest(spec, bakery));
                });
        boolean isTaken = AwsSettings.of(spec).server().isBaked();
        options.print(
                out -> {
                    AmiOutput.list(List.of(made), out);
                    out.println(
                            isTaken
                                    ? "upkeep apply makes the instances anew of it"
                                    : "to have instances made of it, write image: baked under aws: in the file, then run upkeep apply");
                },
                json -> AmiOutput.image(spec.name().text(), made, json),
                terminal);
        return ExitCode.OK;
    }

    private static BakedImage newest(StackSpec spec, Bakery bakery) throws InterruptedException {
        return bakery.list(spec.name()).stream()
                .filter(image -> image.state() == BakedImage.State.PROVEN)
                .findFirst()
                .orElseThrow(() -> new FailedException(
                        "the image was made, and somebody has removed it meanwhile; run upkeep ami build again"));
    }

    private int list(StackSpec spec, Bakery bakery) throws InterruptedException {
        List<BakedImage> images = bakery.list(spec.name());
        options.print(
                out -> AmiOutput.list(images, out),
                json -> AmiOutput.list(spec.name().text(), images, json),
                terminal);
        if (images.isEmpty() && options.format() == OutputFormat.HUMAN) {
            terminal.err().println("stack " + spec.name() + " has no machine images; upkeep ami build makes one");
        }
        return ExitCode.OK;
    }

    private int prune(StackSpec spec, Platform platform, Bakery bakery) throws InterruptedException {
        Pruning pruning = bakery.planPrune(spec.name(), keep.value().orElse(Bakery.USUAL_KEEP));
        options.print(out -> AmiOutput.pruning(pruning, out), json -> AmiOutput.pruning(pruning, json), terminal);
        if (pruning.isEmpty()) {
            return ExitCode.OK;
        }
        if (dryRun.isGiven()) {
            return ExitCode.CHANGES;
        }
        if (!yes.isGiven()) {
            Confirmation.ask("Remove these? Type yes to go on: ", "yes", "nothing was removed", terminal);
        }
        return InterruptibleWork.changingElsewhere(
                terminal, () -> "Interrupted; upkeep ami prune goes on from there.", () -> {
                    Operation operation = bakery.prune(pruning);
                    return new OwnOperation(platform, options, terminal).await(operation, () -> ExitCode.OK);
                });
    }
}
