package dev.upkeep.infra.image;

import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.image.BuiltImage.Delivery;
import dev.upkeep.infra.image.BuiltImage.Outcome;
import dev.upkeep.infra.image.jib.DockerConfigLogin;
import dev.upkeep.infra.image.jib.ImageRecord;
import dev.upkeep.infra.image.jib.JibBuild;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.RegistryAccess;
import dev.upkeep.infra.image.registry.RegistryException;
import dev.upkeep.infra.image.registry.RegistryLogin;
import dev.upkeep.infra.image.registry.Repository;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builds images from recipes, without a container engine. Needs {@code com.google.cloud.tools:jib-core} on the class path,
 * which this module has as an option only. Safe for use by several threads; every method blocks.
 */
public final class ImageBuilder {

    /** How often an image is sent in all, while the registry breaks off or is out of order. What has arrived stays there. */
    public static final int ATTEMPTS = 3;

    private final RegistryAccess access;
    private final Path cache;

    private ImageBuilder(RegistryAccess access, Path cache) {
        this.access = access;
        this.cache = cache;
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
        return build(aim(prepare(recipe), target), reporter);
    }

    /**
     * Finds the base of a recipe. Builds and sends nothing.
     *
     * @param recipe what is to be built
     * @return what can be built
     * @throws InterruptedException if the calling thread is interrupted
     * @throws RegistryException if a registry does not have the base
     * @throws ImageException if the base is not made for one of the processors
     */
    public PreparedImage prepare(ImageRecipe recipe) throws InterruptedException {
        BaseImage base = BaseImage.find(recipe, access);
        base.check(recipe);
        return new PreparedImage(recipe, base);
    }

    /**
     * Looks where an image is to go: whether a registry has its tag already. Builds and sends nothing.
     *
     * @param image what is to be built
     * @param target where it goes
     * @return what can be built and delivered
     * @throws InterruptedException if the calling thread is interrupted
     * @throws RegistryException if a registry does not say
     * @throws ImageException if a tar file is to hold an image for several processors
     */
    public TargetedImage aim(PreparedImage image, ImageTarget target) throws InterruptedException {
        int platforms = image.recipe().architectures().size();
        if (target instanceof ImageTarget.TarFile && platforms > 1) {
            throw new ImageException(
                    name(image.recipe(), target),
                    "it is to be made for " + platforms + " platforms, and a tar file holds one",
                    "name one platform, or push it to a registry",
                    null);
        }
        return new TargetedImage(
                image,
                target,
                target instanceof ImageTarget.Registry registry
                        ? Optional.of(FoundTag.of(registry.reference(), access))
                        : Optional.empty());
    }

    /**
     * Builds an image and delivers it, see {@link #build(ImageRecipe, ImageTarget, Reporter)}.
     *
     * @param targeted what is built, and where it goes
     * @param reporter is told of each step
     * @return what was built and what was done with it
     * @throws InterruptedException if the calling thread is interrupted; what has arrived at a registry stays there, without
     *     the tag
     */
    public BuiltImage build(TargetedImage targeted, Reporter reporter) throws InterruptedException {
        ImageRecipe recipe = targeted.image().recipe();
        BaseImage base = targeted.image().base();
        try {
            return targeted.tag().isPresent()
                    ? new RegistryPush(access, cache, reporter)
                            .push(recipe, base, targeted.tag().get())
                    : make(recipe, base, targeted.target(), reporter);
        } catch (IOException e) {
            throw new ImageException(
                    name(recipe, targeted.target()),
                    FileTrouble.reason(e),
                    "see that there is room, and that " + cache + " and the target can be written to",
                    e);
        } catch (NoClassDefFoundError e) {
            throw new ImageException(
                    name(recipe, targeted.target()),
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

    private BuiltImage make(ImageRecipe recipe, BaseImage base, ImageTarget target, Reporter reporter)
            throws IOException, InterruptedException {
        String name = name(recipe, target);
        JibBuild build = new JibBuild(recipe, base.source(), base.identifier(), cache);
        reporter.tell(name, EventKind.STARTED, "building on " + recipe.base());
        ImageRecord image = BaseImage.rehearse(name, recipe, build);
        int layers = image.layers().size();
        if (target instanceof ImageTarget.TarFile tar) {
            build.writeTo(tar.file(), tar.name());
            reporter.tell(name, EventKind.DONE, "written to " + tar.file());
            return built(image, Delivery.of(Outcome.WRITTEN, layers));
        }
        reporter.tell(name, EventKind.DONE, image.digest());
        return built(image, Delivery.of(Outcome.COMPUTED, layers));
    }

    private static BuiltImage built(ImageRecord image, Delivery delivery) {
        return new BuiltImage(Optional.empty(), image.digest(), image.size(), delivery);
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
        Manifest manifest = BaseImage.manifest(repository, reference);
        Set<String> found = BaseImage.architectures(repository, manifest);
        BaseImage.checkArchitecture(reference.toString(), wanted, found);
        Set<Architecture> known =
                found.stream().flatMap(word -> Architecture.of(word).stream()).collect(Collectors.toSet());
        return new FoundImage(reference.withDigest(manifest.digest()), known);
    }
}
