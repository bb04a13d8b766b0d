package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.output.ReleaseOutput;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.release.Deployment;
import dev.upkeep.infra.release.ImageRelease;
import dev.upkeep.infra.release.ReleaseStore;
import dev.upkeep.infra.spec.StackName;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Ties versions to images. */
final class ReleaseCommand implements Command {

    private static final List<String> ACTIONS = List.of("create", "list", "show", "history");

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();
    private final RegistryOptions registry = new RegistryOptions();

    private final Argument<String> action = Argument.operand("ACTION", "1", "create, list, show or history.", ACTIONS);

    private final Argument<String> version =
            Argument.secondOperand("VERSION", "show: which release; create: as in the file unless given.");

    private final Argument<String> against = Argument.option("--against")
            .help("show: what changed since this one; the one made before it unless given.")
            .taking("VERSION");

    ReleaseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("release", this)
                .about(
                        "Ties a version to the digests of its images, and shows what changed between two.",
                        "  create   takes the images that the registry has under the version; push them before",
                        "  list     shows the releases, the newest first",
                        "  show     shows the images of one, and what changed since the one before",
                        "  history  shows what the stack served, since when, and who brought it there, the latest first",
                        "Releases are kept on this machine, beside the state of the stack, and outlive it.")
                .arguments(List.of(action, version))
                .arguments(options.all())
                .arguments(registry.all())
                .arguments(List.of(against))
                .closing(
                        "Examples:",
                        "  upkeep image push && upkeep release create",
                        "  upkeep release list --output json",
                        "  upkeep release show 1.0.7 --against 1.0.5",
                        "",
                        "Exit codes:",
                        "  0 done   1 failed, such as when the version has other images already",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.config(terminal);
        ReleaseStore store =
                new ReleaseStore(StateFolders.standard(terminal), config.spec().name());
        String what = action.value().orElseThrow();
        if (against.isGiven() && !what.equals("show")) {
            throw new UsageException("--against is for show only");
        }
        if (version.isGiven() && (what.equals("list") || what.equals("history"))) {
            throw new UsageException(what + " takes no version; did you mean upkeep release show "
                    + version.value().orElseThrow() + "?");
        }
        switch (what) {
            case "create" -> create(config, store);
            case "list" -> list(config, store);
            case "show" -> show(config, store);
            case "history" -> history(config);
            default -> throw UsageException.unknownAction(what, ACTIONS);
        }
        return ExitCode.OK;
    }

    private void create(Config config, ReleaseStore store) throws InterruptedException {
        String stated = config.spec().version();
        if (version.value().filter(given -> !given.equals(stated)).isPresent()) {
            throw new UsageException("the file says version " + stated + ", not "
                    + version.value().get() + "; change it there, or leave it out here");
        }
        String who = terminal.environment().getOrDefault("USER", System.getProperty("user.name"));
        ImageRelease release = new ImageRelease(
                stated,
                registry.work(config, terminal).pushed(),
                InstantSource.system().instant(),
                who);
        boolean isNew = store.create(release);
        if (options.format() == OutputFormat.HUMAN && !isNew) {
            terminal.out().println("unchanged: these images were tied to " + stated + " before");
        }
        ImageRelease kept = find(store, stated);
        print(config, kept, before(store, kept));
    }

    private static Optional<ImageRelease> before(ReleaseStore store, ImageRelease release) {
        return store.list().stream()
                .filter(each -> each.created().isBefore(release.created()))
                .findFirst();
    }

    private void list(Config config, ReleaseStore store) {
        List<ImageRelease> releases = store.list();
        options.print(
                out -> ReleaseOutput.list(releases, out),
                json -> ReleaseOutput.list(config.spec().name().text(), releases, json),
                terminal);
    }

    private void history(Config config) throws InterruptedException {
        StackName stack = config.spec().name();
        List<Deployment> deployments;
        try (Platform platform = Platforms.open(config, terminal)) {
            deployments = platform.deployments(stack);
        }
        options.print(
                out -> ReleaseOutput.history(deployments, out),
                json -> ReleaseOutput.history(stack.text(), deployments, json),
                terminal);
    }

    private void show(Config config, ReleaseStore store) {
        ImageRelease release = find(
                store, version.value().orElseThrow(() -> new UsageException("say which: upkeep release show 1.0.6")));
        print(
                config,
                release,
                against.isGiven() ? Optional.of(find(store, against.value().orElseThrow())) : before(store, release));
    }

    private static ImageRelease find(ReleaseStore store, String version) {
        try {
            ImageReference.checkTag(version);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return store.find(version)
                .orElseThrow(() -> new FailedException(
                        "there is no release " + version + "; upkeep release list shows those that there are"));
    }

    private void print(Config config, ImageRelease release, Optional<ImageRelease> other) {
        options.print(
                out -> ReleaseOutput.show(release, other, out),
                json -> ReleaseOutput.show(config.spec().name().text(), release, other, json),
                terminal);
    }
}
