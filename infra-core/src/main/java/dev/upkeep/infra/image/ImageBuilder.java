package dev.upkeep.infra.image;

import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.image.BuiltImage.Delivery;
import dev.upkeep.infra.image.BuiltImage.Outcome;
import dev.upkeep.infra.image.jib.DockerConfigLogin;
import dev.upkeep.infra.image.jib.JibBuild;
import dev.upkeep.infra.image.jib.RegistryDestination;
import dev.upkeep.infra.image.jib.Rehearsal;
import dev.upkeep.infra.image.recipe.ImageBase;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.image.registry.Backoff;
import dev.upkeep.infra.image.registry.ImageSource;
import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.OciLayoutFolder;
import dev.upkeep.infra.image.registry.RegistryAccess;
import dev.upkeep.infra.image.registry.RegistryException;
import dev.upkeep.infra.image.registry.RegistryLogin;
import dev.upkeep.infra.image.registry.Repository;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Builds images from recipes, without a container engine. Needs {@code com.google.cloud.tools:jib-core} on the class path,
 * which this module has as an option only. Safe for use by several threads; every method blocks.
 */
public final class ImageBuilder {

    /** How often an image is sent in all, while the registry breaks off or is out of order. What has arrived stays there. */
    public static final int ATTEMPTS = 3;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final RegistryAccess access;
    private final Path cache;
    private final KnownImages images;

    private ImageBuilder(RegistryAccess access, Path cache) {
        this.access = access;
        this.cache = cache;
        this.images = new KnownImages(cache.resolve("known"));
    }

    /**
     * A builder.
     *
     * @param access the way to registries
     * @param cache a folder for layers, made if it does not exist; it may be removed at any time
     * @return the builder
     */
    public static ImageBuilder of(RegistryAccess access, Path cache) {
        return new ImageBuilder(access, cache);
    }

    /**
     * The credentials that {@code docker login} has kept, in its configuration or with its helpers.
     *
     * @param environment where it is told where they are; usually {@code System.getenv()}
     * @return a login
     */
    public static RegistryLogin dockerLogin(Map<String, String> environment) {
        return new DockerConfigLogin(environment);
    }

    /** The base, found: where it is read from, and what identifies it there. */
    private record Base(Optional<ImageSource> source, Optional<Manifest> manifest, Optional<ImageReference> reference) {

        String identifier() {
            return manifest.map(Manifest::digest).orElse("");
        }
    }

    /**
     * Builds an image and delivers it.
     *
     * @param recipe what is built
     * @param target where it goes
     * @param reporter is told of each step
     * @return what was built and what was done with it
     * @throws InterruptedException if the calling thread is interrupted; what has arrived at a registry stays there, without
     *     the tag
     * @throws TagTakenException if the tag stands for another image
     * @throws RegistryException if a registry does not do what it is asked for
     * @throws dev.upkeep.infra.image.recipe.ImageInputException if a file cannot be used
     * @throws ImageException if it cannot be built for other reasons, or its architecture is not what was asked for
     */
    public BuiltImage build(ImageRecipe recipe, ImageTarget target, Reporter reporter) throws InterruptedException {
        String name = name(recipe, target);
        try {
            Base base = base(recipe);
            Optional<String> key = Optional.empty();
            if (target instanceof ImageTarget.Registry registry) {
                key = Optional.of(KnownImages.key(recipe, base.identifier()));
                Optional<BuiltImage> known = known(key.get(), registry.reference(), reporter);
                if (known.isPresent()) {
                    return known.get();
                }
            }
            checkBase(recipe, base);
            JibBuild build = new JibBuild(recipe, base.source(), base.identifier(), cache);
            reporter.tell(name, EventKind.STARTED, "building on " + recipe.base());
            Rehearsal image = new Rehearsal();
            build.sendTo(image);
            checkArchitecture(name, recipe.architectures(), image.architectures());
            return deliver(new Job(name, new Input(recipe, base, key), build, image, reporter), target);
        } catch (IOException e) {
            throw new ImageException(
                    name,
                    FileTrouble.reason(e),
                    "see that there is room, and that " + cache + " and the target can be written to",
                    e);
        } catch (NoClassDefFoundError e) {
            throw new ImageException(
                    name,
                    "a library is missing (" + e.getMessage() + ")",
                    "add com.google.cloud.tools:jib-core to the class path",
                    e);
        }
    }

    private static String name(ImageRecipe recipe, ImageTarget target) {
        if (target instanceof ImageTarget.Registry registry) {
            return registry.reference().toString();
        }
        if (target instanceof ImageTarget.TarFile tar) {
            return tar.name().toString();
        }
        return "on " + recipe.base();
    }

    private Base base(ImageRecipe recipe) throws InterruptedException {
        ImageBase base = recipe.base();
        if (base instanceof ImageBase.Registry registry) {
            ImageReference reference = registry.reference();
            Repository repository = access.repository(reference);
            Manifest manifest = manifest(repository, reference);
            return new Base(Optional.of(repository), Optional.of(manifest), Optional.of(reference));
        }
        if (base instanceof ImageBase.OciLayout layout) {
            OciLayoutFolder folder = new OciLayoutFolder(layout.folder());
            Manifest manifest = folder.manifest(layout.tag())
                    .orElseThrow(() -> new ImageException(
                            base.toString(), "the layout has no such image", "see its index.json", null));
            return new Base(Optional.of(folder), Optional.of(manifest), Optional.empty());
        }
        return new Base(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static void checkBase(ImageRecipe recipe, Base base) throws InterruptedException {
        if (base.source().isPresent()) {
            Set<String> found =
                    architectures(base.source().get(), base.manifest().orElseThrow());
            checkArchitecture(recipe.base().toString(), recipe.architectures(), found);
        }
    }

    /** What was made of the same files on the same base before, if the registry still has it under the tag. */
    private Optional<BuiltImage> known(String key, ImageReference reference, Reporter reporter)
            throws IOException, InterruptedException {
        Optional<KnownImages.Known> known = images.find(key);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String digest = known.get().digest();
        Optional<String> present = access.repository(reference).digest(reference.tagOrDefault());
        if (!present.equals(Optional.of(digest))) {
            return Optional.empty();
        }
        reporter.tell(reference.toString(), EventKind.DONE, "unchanged, " + digest);
        return Optional.of(new BuiltImage(
                Optional.of(reference.withDigest(digest)),
                digest,
                known.get().size(),
                Delivery.of(Outcome.UNCHANGED, known.get().layers())));
    }

    private static Manifest manifest(Repository repository, ImageReference reference) throws InterruptedException {
        return repository
                .manifest(reference.identifier())
                .orElseThrow(() -> new RegistryException(
                        reference.registry(),
                        OptionalInt.of(404),
                        "Tried to find " + reference + " on registry " + reference.registry()
                                + ": it answered 404, there is no such image; check name and tag, or log in",
                        null));
    }

    private static void checkArchitecture(String name, Collection<Architecture> wanted, Set<String> found) {
        if (wanted.stream().map(Architecture::word).allMatch(found::contains)) {
            return;
        }
        String platforms = wanted.stream().map(Architecture::platform).collect(Collectors.joining(" and "));
        String named = String.join(" and ", found);
        String present = named.isEmpty() ? "no processor that is known here" : named;
        throw new ImageException(
                name,
                "it is made for " + present + ", and " + platforms + " was asked for",
                "use an image for " + platforms + ", or ask for the other platform",
                null);
    }

    /** What is built, and what it is known by once it is pushed; empty if it is not. */
    private record Input(ImageRecipe recipe, Base base, Optional<String> key) {}

    private record Job(String name, Input input, JibBuild build, Rehearsal image, Reporter reporter) {}

    private BuiltImage deliver(Job job, ImageTarget target) throws IOException, InterruptedException {
        if (target instanceof ImageTarget.Registry registry) {
            BuiltImage image = send(job, registry.reference());
            remember(job);
            return image;
        }
        int layers = job.image().layers().size();
        if (target instanceof ImageTarget.TarFile tar) {
            job.build().writeTo(tar.file(), tar.name());
            job.reporter().tell(job.name(), EventKind.DONE, "written to " + tar.file());
            return built(job, Optional.empty(), Delivery.of(Outcome.WRITTEN, layers));
        }
        job.reporter().tell(job.name(), EventKind.DONE, job.image().digest());
        return built(job, Optional.empty(), Delivery.of(Outcome.COMPUTED, layers));
    }

    private void remember(Job job) throws IOException {
        Input input = job.input();
        Rehearsal image = job.image();
        images.remember(
                input.key().orElseThrow(),
                input.recipe(),
                input.base().identifier(),
                new KnownImages.Known(
                        image.digest(), image.size(), image.layers().size()));
    }

    private static BuiltImage built(Job job, Optional<ImageReference> reference, Delivery delivery) {
        return new BuiltImage(reference, job.image().digest(), job.image().size(), delivery);
    }

    private BuiltImage send(Job job, ImageReference reference) throws IOException, InterruptedException {
        Repository repository = access.repository(reference);
        String digest = job.image().digest();
        Optional<ImageReference> sent = Optional.of(reference.withDigest(digest));
        Optional<String> present = repository.digest(reference.tagOrDefault());
        if (present.isPresent() && present.get().equals(digest)) {
            job.reporter().tell(job.name(), EventKind.DONE, "unchanged, " + digest);
            return built(
                    job,
                    sent,
                    Delivery.of(Outcome.UNCHANGED, job.image().layers().size()));
        }
        if (present.isPresent()) {
            throw new TagTakenException(reference, present.get(), digest);
        }
        return built(job, sent, sendMissing(job, reference, repository));
    }

    private Delivery sendMissing(Job job, ImageReference reference, Repository repository)
            throws IOException, InterruptedException {
        Reporter reporter = job.reporter();
        RegistryDestination destination = new RegistryDestination(
                repository,
                job.input().base().reference(),
                part -> reporter.tell(job.name(), EventKind.STEP, "sent " + part));
        TaggedDestination tagged = new TaggedDestination(
                destination, reference.tagOrDefault(), job.image().digest());
        new Backoff(ATTEMPTS, FIRST_PAUSE, access.sleeper())
                .run(
                        () -> {
                            job.build().sendTo(tagged);
                            return tagged;
                        },
                        failed -> reporter.tell(job.name(), EventKind.NOTICE, failed.getMessage() + "; trying again"));
        Set<String> sent = destination.sent();
        int layers = job.image().layers().size();
        int layersSent = (int) job.image().layers().stream()
                .filter(layer -> sent.contains(layer.digest()))
                .count();
        reporter.tell(
                job.name(),
                EventKind.DONE,
                "sent, " + layersSent + " of " + layers + " layers, "
                        + job.image().digest());
        return new Delivery(Outcome.SENT, layersSent, layers - layersSent, destination.bytesSent());
    }

    /**
     * Looks for an image that was built elsewhere.
     *
     * @param reference its name
     * @param wanted the processors that it must be made for
     * @return the image, with its digest
     * @throws InterruptedException if the calling thread is interrupted
     * @throws RegistryException if there is none, or the registry does not do what it is asked for
     * @throws ImageException if it is not made for one of the processors
     */
    public FoundImage find(ImageReference reference, Collection<Architecture> wanted) throws InterruptedException {
        Repository repository = access.repository(reference);
        Manifest manifest = manifest(repository, reference);
        Set<String> found = architectures(repository, manifest);
        checkArchitecture(reference.toString(), wanted, found);
        Set<Architecture> known =
                found.stream().flatMap(word -> Architecture.of(word).stream()).collect(Collectors.toSet());
        return new FoundImage(reference.withDigest(manifest.digest()), known);
    }

    /** By what an index says, or the configuration of a single image. */
    private static Set<String> architectures(ImageSource source, Manifest manifest) throws InterruptedException {
        if (manifest.config().isEmpty()) {
            return manifest.variants().stream()
                    .flatMap(each -> each.architecture().stream())
                    .map(Architecture::word)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        String config = manifest.config().get().digest();
        try (InputStream content = source.blob(config)) {
            return Set.of(Manifest.architecture(content.readAllBytes()));
        } catch (IOException e) {
            throw new ImageException(config, "its configuration cannot be read: " + e.getMessage(), "try again", e);
        }
    }
}
