package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.ImageOutput;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.image.BuiltImage;
import dev.upkeep.infra.image.ImageTarget;
import dev.upkeep.infra.image.PlannedImage;
import dev.upkeep.infra.image.registry.TaggedImage;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the container images of the stack and keeps the registry's in order. */
final class ImageCommand implements Command {

    private static final List<String> ACTIONS = List.of("build", "push", "list", "prune");

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<String> action = Argument.operand("ACTION", "1", "build, push, list or prune.", ACTIONS);

    private final Argument<Path> tar = Argument.option("--tar")
            .help("build: write web.tar, app.tar and so on into this folder, for docker load.")
            .takingFile();

    private final RegistryOptions registry = new RegistryOptions();

    private final Argument<Integer> keep = Argument.option("--keep")
            .help("prune: how many of the newest versions stay.")
            .taking("N", ValueConverters::integer);

    private final Argument<Boolean> dryRun =
            Argument.option("--dry-run").help("prune: only show what would go.").alone();

    private final Argument<Boolean> edge = Argument.option("--edge")
            .help("build, push: also the nginx that stays in front of all releases; see docker/.")
            .alone();

    private final Argument<Boolean> createRepository = Argument.option("--create-repository")
            .help("push: create the repositories that ECR lacks, with tags that cannot be moved.")
            .alone();

    ImageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("image", this)
                .about(
                        "Builds the container images of the stack and pushes them, without Docker.",
                        "  build   computes their digests; with --tar writes them into files",
                        "  push    builds them and sends to the registry what it does not have",
                        "  list    shows the tags and digests that the registry has",
                        "  prune   deletes old versions there, but never this one or one of a release here",
                        "web is nginx with the site and /version.txt, app is the application: the folder app.image",
                        "laid on app.base, running app.command, or built from its Dockerfile if that has no",
                        "RUN; or an image that you have built elsewhere.",
                        "The same files give the same digest. A tag is never moved to another image.")
                .arguments(List.of(action))
                .arguments(options.all())
                .arguments(registry.all())
                .arguments(List.of(edge, tar, createRepository, keep, dryRun))
                .closing(
                        "Credentials:",
                        "  Those of docker login and its helpers; or " + ImageWork.USER + " and",
                        "  " + ImageWork.PASSWORD + " in the environment, for the registry of the stack.",
                        "  For ECR the token is fetched anew each time, with what the AWS tools use:",
                        "  AWS_PROFILE, AWS_ACCESS_KEY_ID, aws sso login, the role of a machine.",
                        "",
                        "Examples:",
                        "  upkeep image build",
                        "  upkeep image build --tar . && docker load -i web.tar",
                        "  upkeep image push --registry registry.example.org/team",
                        "  upkeep image push --registry 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                        "  upkeep image prune --keep 10 --dry-run",
                        "",
                        "Exit codes:",
                        "  0 done, or nothing to do   1 failed   2 would be deleted (--dry-run)",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.config(terminal);
        String what = action.value().orElseThrow();
        if (!what.equals("prune") && (keep.isGiven() || dryRun.isGiven())) {
            throw new UsageException("--keep and --dry-run are for prune only");
        }
        if (!what.equals("push") && createRepository.isGiven()) {
            throw new UsageException("--create-repository is for push only");
        }
        if (!what.equals("build") && tar.isGiven()) {
            throw new UsageException("--tar is for build only");
        }
        if (!what.equals("push") && !what.equals("build") && edge.isGiven()) {
            throw new UsageException("--edge is for build and push only");
        }
        ImageWork work = registry.work(config, terminal);
        return switch (what) {
            case "build" -> build(work);
            case "push" -> deliver(work, work::registry);
            case "list" -> list(work);
            case "prune" -> prune(work);
            default -> throw UsageException.unknownAction(what, ACTIONS);
        };
    }

    private int build(ImageWork work) throws InterruptedException {
        Optional<Path> folder = tar.value().map(terminal::resolve);
        return deliver(
                work,
                (name, tag) -> folder.map(path -> work.file(path, name, tag)).orElseGet(ImageTarget.DigestOnly::new));
    }

    private int deliver(ImageWork work, ImageWork.Delivering delivering) throws InterruptedException {
        Map<String, BuiltImage> images = new LinkedHashMap<>();
        InterruptibleWork.reading(
                        terminal,
                        "Interrupted. What has arrived at the registry stays there, without the tag; the next push goes on.",
                        () -> Progress.during(terminal, "images", progress -> {
                            ProgressListener listener = options.listener(progress, terminal);
                            List<PlannedImage> planned = work.planned(edge.isGiven());
                            if (createRepository.isGiven()) {
                                work.createRepositories(planned, listener);
                            }
                            return work.build(planned, delivering, listener);
                        }))
                .forEach(done -> images.put(done.name(), done.image()));
        options.print(
                out -> ImageOutput.built(images, out), json -> ImageOutput.built(work.spec(), images, json), terminal);
        return ExitCode.OK;
    }

    private int list(ImageWork work) throws InterruptedException {
        print(work.spec(), work.list());
        return ExitCode.OK;
    }

    private void print(StackSpec spec, Map<String, List<TaggedImage>> images) {
        options.print(out -> ImageOutput.tagged(images, out), json -> ImageOutput.tagged(spec, images, json), terminal);
    }

    private int prune(ImageWork work) throws InterruptedException {
        int count = keep.value().orElseThrow(() -> new UsageException("say how many versions stay: --keep 10"));
        if (count < 1) {
            throw new UsageException("--keep: at least one version stays, not " + count);
        }
        Map<String, List<TaggedImage>> going = work.prunable(count);
        if (!dryRun.isGiven()) {
            work.delete(going);
        }
        print(work.spec(), going);
        boolean none = going.values().stream().allMatch(List::isEmpty);
        return dryRun.isGiven() && !none ? ExitCode.CHANGES : ExitCode.OK;
    }
}
