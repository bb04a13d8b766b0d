package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.aws.ecr.EcrHost;
import dev.upkeep.infra.aws.ecr.EcrLogin;
import dev.upkeep.infra.aws.ecr.EcrRepositories;
import dev.upkeep.infra.image.BuiltImage;
import dev.upkeep.infra.image.FoundImage;
import dev.upkeep.infra.image.ImageBuilder;
import dev.upkeep.infra.image.ImageTarget;
import dev.upkeep.infra.image.PlannedImage;
import dev.upkeep.infra.image.PreparedImage;
import dev.upkeep.infra.image.Pruning;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.image.TargetedImage;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.RegistryAccess;
import dev.upkeep.infra.image.registry.RegistryCredential;
import dev.upkeep.infra.image.registry.RegistryException;
import dev.upkeep.infra.image.registry.RegistryLogin;
import dev.upkeep.infra.image.registry.Repository;
import dev.upkeep.infra.image.registry.TaggedImage;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.release.ReleaseStore;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Builds, sends and looks at the images of one stack. */
final class ImageWork {

    static final String USER = "UPKEEP_REGISTRY_USER";
    static final String PASSWORD = "UPKEEP_REGISTRY_PASSWORD";

    private static final int FORBIDDEN = 403;

    private final Optional<Config> config;
    private final StackSpec spec;
    private final Terminal terminal;
    private final RegistryAccess access;
    private final ImageBuilder builder;

    /** An image, and what was done with it. */
    record Done(String name, BuiltImage image) {}

    ImageWork(Optional<Config> config, StackSpec spec, Terminal terminal, Set<String> plainHttp) {
        this.config = config;
        this.spec = spec;
        this.terminal = terminal;
        this.access = RegistryAccess.of(login()).withPlainHttp(plainHttp);
        this.builder = ImageBuilder.of(access, StateFolders.imageCache(terminal));
    }

    /** The variables are for the stack's own registry only: a base elsewhere must not see them. */
    private RegistryLogin login() {
        Optional<String> own = StackImages.reference(spec, StackImages.WEB).map(ImageReference::registry);
        Optional<String> user = Optional.ofNullable(terminal.environment().get(USER));
        Optional<String> password = Optional.ofNullable(terminal.environment().get(PASSWORD));
        RegistryLogin variables = registry -> own.filter(registry::equals)
                .flatMap(same -> user)
                .flatMap(name -> password.map(secret -> new RegistryCredential(name, secret)));
        RegistryLogin docker =
                registry -> ImageBuilder.dockerLogin(terminal.environment()).credentialFor(registry);
        return variables.or(docker).or(new EcrLogin());
    }

    /** Builds images, or looks for what was built elsewhere, and delivers them where a function says. */
    List<Done> build(List<PlannedImage> images, Delivering delivering, ProgressListener listener)
            throws InterruptedException {
        Reporter reporter = reporter(listener);
        // Everything is looked for before one of them takes the version.
        List<Ready> all = new ArrayList<>();
        for (PlannedImage planned : images) {
            if (planned instanceof PlannedImage.Made made) {
                PreparedImage prepared = builder.prepare(made.recipe());
                String tag = made.name().equals(StackImages.EDGE) ? prepared.contentTag() : spec.version();
                TargetedImage targeted = builder.aim(prepared, delivering.target(made.name(), tag));
                all.add(new Ready(targeted.isTagTaken(), () -> {
                    made.notes().forEach(note -> reporter.tell(made.name(), EventKind.NOTICE, note));
                    return new Done(made.name(), builder.build(targeted, reporter));
                }));
            } else if (planned instanceof PlannedImage.Elsewhere elsewhere) {
                Done found = new Done(elsewhere.name(), found(elsewhere));
                all.add(new Ready(false, () -> found));
            }
        }
        // What is there already has only to be the same; if it is not, no other image takes the version.
        all.sort(Comparator.comparing(Ready::isThere).reversed());
        List<Done> done = new ArrayList<>();
        for (Ready ready : all) {
            done.add(ready.delivery().deliver());
        }
        List<String> order = images.stream().map(PlannedImage::name).toList();
        done.sort(Comparator.comparingInt(each -> order.indexOf(each.name())));
        return done;
    }

    /** An image that can be delivered. */
    private record Ready(boolean isThere, Delivery delivery) {

        /** Delivers it. */
        @FunctionalInterface
        private interface Delivery {
            Done deliver() throws InterruptedException;
        }
    }

    /** Says where an image goes, by its name and its tag. */
    @FunctionalInterface
    interface Delivering {
        ImageTarget target(String name, String tag);
    }

    private BuiltImage found(PlannedImage.Elsewhere elsewhere) throws InterruptedException {
        FoundImage found = builder.find(elsewhere.reference(), spec.images().platforms());
        return new BuiltImage(
                Optional.of(found.reference()),
                found.reference().digest().orElseThrow(),
                0,
                new BuiltImage.Delivery(BuiltImage.Outcome.UNCHANGED, 0, 0, 0));
    }

    private static Reporter reporter(ProgressListener listener) {
        AtomicLong number = new AtomicLong();
        InstantSource clock = InstantSource.system();
        return (resource, kind, message) ->
                listener.on(new ProgressEvent(number.incrementAndGet(), clock.instant(), resource, kind, message));
    }

    ImageTarget file(Path folder, String name, String tag) {
        ImageReference reference =
                StackImages.reference(spec, name).orElseGet(() -> ImageReference.parse(spec.name() + "/" + name));
        return new ImageTarget.TarFile(folder.resolve(name + ".tar"), reference.withTag(tag));
    }

    /** Creates the repositories that ECR does not have yet. Every other registry does so when the first image arrives. */
    void createRepositories(List<PlannedImage> images, ProgressListener listener) throws InterruptedException {
        String registry = reference(StackImages.WEB).registry();
        EcrHost host = EcrHost.parse(registry)
                .orElseThrow(() -> new UsageException(
                        "--create-repository is for ECR; leave it out, " + registry + " creates what it needs itself"));
        Reporter reporter = reporter(listener);
        for (PlannedImage planned : images) {
            String repository = reference(planned.name()).repository();
            if (planned instanceof PlannedImage.Made && new EcrRepositories().create(host, repository)) {
                reporter.tell(
                        registry + "/" + repository,
                        EventKind.STEP,
                        "created the repository, its tags cannot be moved");
            }
        }
    }

    /** What the stack needs. Looks at the user's files. */
    List<PlannedImage> planned(boolean withEdge) throws InterruptedException {
        SpecProblemPositions.Work<List<PlannedImage>> plan = () -> {
            List<PlannedImage> images = new ArrayList<>(StackImages.of(spec));
            if (withEdge) {
                images.add(StackImages.edge(spec));
            }
            return images;
        };
        return config.isPresent() ? SpecProblemPositions.during(config.get(), plan) : plan.get();
    }

    ImageTarget registry(String name, String tag) {
        return new ImageTarget.Registry(reference(name).withTag(tag));
    }

    /** What the registry has, by the image's name. */
    Map<String, List<TaggedImage>> list() throws InterruptedException {
        Map<String, List<TaggedImage>> all = versioned();
        all.put(StackImages.EDGE, edges());
        return all;
    }

    private Map<String, List<TaggedImage>> versioned() throws InterruptedException {
        Map<String, List<TaggedImage>> all = new LinkedHashMap<>();
        for (String name : List.of(StackImages.WEB, StackImages.APP)) {
            all.put(name, repository(name).images());
        }
        return all;
    }

    /** Most stacks never push one, and some registries forbid to look at what is not there. */
    private List<TaggedImage> edges() throws InterruptedException {
        try {
            return repository(StackImages.EDGE).images();
        } catch (RegistryException e) {
            if (e.status().orElse(0) == FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    /** What the registry has of the version, and what was built elsewhere, each with its digest. */
    SortedMap<String, ImageReference> pushed() throws InterruptedException {
        SortedMap<String, ImageReference> images = new TreeMap<>();
        for (PlannedImage planned : planned(false)) {
            if (planned instanceof PlannedImage.Elsewhere elsewhere) {
                images.put(elsewhere.name(), found(elsewhere).reference().orElseThrow());
            } else {
                images.put(planned.name(), pushed(planned.name()));
            }
        }
        return images;
    }

    private ImageReference pushed(String name) throws InterruptedException {
        ImageReference reference = reference(name);
        return access.repository(reference)
                .digest(reference.tagOrDefault())
                .map(reference::withDigest)
                .orElseThrow(() -> new FailedException("looked for " + reference
                        + ", but the registry has no such image; push it before: upkeep image push"));
    }

    private ImageReference reference(String name) {
        return StackImages.reference(spec, name).orElseThrow(ImageWork::noRegistry);
    }

    static UsageException noRegistry() {
        return new UsageException("no registry is named; write images.registry into the file, or use --registry");
    }

    StackSpec spec() {
        return spec;
    }

    private Repository repository(String name) {
        return access.repository(reference(name));
    }

    /** Deletes images, given by the image's name. */
    void delete(Map<String, List<TaggedImage>> images) throws InterruptedException {
        for (Map.Entry<String, List<TaggedImage>> each : images.entrySet()) {
            Repository repository = repository(each.getKey());
            for (TaggedImage image : each.getValue()) {
                repository.delete(image.digest());
            }
        }
    }

    /** What may go, by the image's name. The version of the file is in use, and so is what a release is made of. */
    Map<String, List<TaggedImage>> prunable(int keep) throws InterruptedException {
        Set<String> inUse = new HashSet<>();
        new ReleaseStore(StateFolders.standard(terminal), spec.name())
                .list()
                .forEach(release -> release.images()
                        .values()
                        .forEach(image -> image.digest().ifPresent(inUse::add)));
        Map<String, List<TaggedImage>> all = new LinkedHashMap<>();
        for (Map.Entry<String, List<TaggedImage>> each : versioned().entrySet()) {
            each.getValue().stream()
                    .filter(image -> image.tag().equals(spec.version()))
                    .forEach(image -> inUse.add(image.digest()));
            Repository repository = repository(each.getKey());
            all.put(each.getKey(), Pruning.of(each.getValue(), keep, inUse, digest -> parts(repository, digest)));
        }
        return all;
    }

    private static Set<String> parts(Repository repository, String digest) throws InterruptedException {
        return repository
                .manifest(digest)
                .map(manifest -> manifest.variants().stream()
                        .map(Manifest.Variant::digest)
                        .collect(Collectors.toSet()))
                .orElseGet(Set::of);
    }
}
