package dev.upkeep.infra.image;

import dev.upkeep.infra.image.BuiltImage.Delivery;
import dev.upkeep.infra.image.BuiltImage.Outcome;
import dev.upkeep.infra.image.jib.ImageRecord;
import dev.upkeep.infra.image.jib.JibBuild;
import dev.upkeep.infra.image.jib.RegistryDestination;
import dev.upkeep.infra.image.jib.TaggedDestination;
import dev.upkeep.infra.image.recipe.ImageBase;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.image.registry.Backoff;
import dev.upkeep.infra.image.registry.RegistryAccess;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Brings an image to a registry, under a tag that stands for no other image. */
final class RegistryPush {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final RegistryAccess access;
    private final Path cache;
    private final Reporter reporter;
    private final KnownImages images;

    RegistryPush(RegistryAccess access, Path cache, Reporter reporter) {
        this.access = access;
        this.cache = cache;
        this.reporter = reporter;
        this.images = new KnownImages(cache.resolve("known"));
    }

    BuiltImage push(ImageRecipe recipe, BaseImage base, FoundTag tag) throws IOException, InterruptedException {
        String key = KnownImages.key(recipe, base.identifier());
        Optional<KnownImages.Known> known = images.find(key);
        ImageReference reference = tag.reference();
        Optional<String> present = tag.digest();
        if (known.isPresent() && present.equals(Optional.of(known.get().digest()))) {
            return unchanged(reference, known.get());
        }
        reporter.tell(reference.toString(), EventKind.STARTED, "building on " + recipe.base());
        Job job = new Job(tag, base, new JibBuild(recipe, base.source(), base.identifier(), cache));
        // What a tar file is made for is seen only in the image; everything else is known to fit, and need not be built
        // twice.
        boolean atOnce = present.isEmpty() && !(recipe.base() instanceof ImageBase.DockerArchive);
        BuiltImage pushed = atOnce ? send(job, Optional.empty()) : compare(job, recipe);
        images.remember(
                key,
                recipe,
                base.identifier(),
                new KnownImages.Known(
                        pushed.digest(),
                        pushed.size(),
                        pushed.delivery().layersSent() + pushed.delivery().layersThere()));
        return pushed;
    }

    private record Job(FoundTag tag, BaseImage base, JibBuild build) {

        ImageReference reference() {
            return tag.reference();
        }

        String name() {
            return reference().toString();
        }
    }

    private BuiltImage unchanged(ImageReference reference, KnownImages.Known image) {
        reporter.tell(reference.toString(), EventKind.DONE, "unchanged, " + image.digest());
        return new BuiltImage(
                Optional.of(reference.withDigest(image.digest())),
                image.digest(),
                image.size(),
                Delivery.of(Outcome.UNCHANGED, image.layers()));
    }

    /** Where the tag is taken, what stands there has to be the same image. */
    private BuiltImage compare(Job job, ImageRecipe recipe) throws IOException, InterruptedException {
        ImageRecord image = BaseImage.rehearse(job.name(), recipe, job.build());
        Optional<String> present = job.tag().digest();
        if (present.isEmpty()) {
            return send(job, Optional.of(image.digest()));
        }
        if (!present.get().equals(image.digest())) {
            throw new TagTakenException(job.reference(), present.get(), image.digest());
        }
        return unchanged(
                job.reference(),
                new KnownImages.Known(
                        image.digest(), image.size(), image.layers().size()));
    }

    private BuiltImage send(Job job, Optional<String> expected) throws IOException, InterruptedException {
        RegistryDestination destination = new RegistryDestination(
                job.tag().repository(),
                job.base().reference(),
                part -> reporter.tell(job.name(), EventKind.STEP, "sent " + part));
        ImageRecord image = new Backoff(ImageBuilder.ATTEMPTS, FIRST_PAUSE, access.sleeper())
                .run(
                        () -> {
                            TaggedDestination tagged = new TaggedDestination(
                                    destination,
                                    job.reference().tagOrDefault(),
                                    digest -> checkTag(job, expected.orElse(digest), digest));
                            job.build().sendTo(tagged);
                            return tagged.record();
                        },
                        failed -> reporter.tell(job.name(), EventKind.NOTICE, failed.getMessage() + "; trying again"));
        return sent(job.reference(), image, destination);
    }

    private static void checkTag(Job job, String expected, String digest) throws InterruptedException {
        ImageReference reference = job.reference();
        if (!digest.equals(expected)) {
            throw new ImageException(
                    reference.toString(),
                    "its files changed while it was built",
                    "build it again when they are at rest",
                    null);
        }
        Optional<String> present = job.tag().repository().digest(reference.tagOrDefault());
        if (present.isPresent() && !present.get().equals(digest)) {
            throw new TagTakenException(reference, present.get(), digest);
        }
    }

    private BuiltImage sent(ImageReference reference, ImageRecord image, RegistryDestination destination) {
        Set<String> sent = destination.sent();
        int layers = image.layers().size();
        int layersSent = (int) image.layers().stream()
                .filter(layer -> sent.contains(layer.digest()))
                .count();
        String digest = image.digest();
        reporter.tell(
                reference.toString(), EventKind.DONE, "sent, " + layersSent + " of " + layers + " layers, " + digest);
        return new BuiltImage(
                Optional.of(reference.withDigest(digest)),
                digest,
                image.size(),
                new Delivery(Outcome.SENT, layersSent, layers - layersSent, destination.bytesSent()));
    }
}
