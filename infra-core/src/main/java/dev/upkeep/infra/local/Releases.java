package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.local.state.SiteStore;
import dev.upkeep.infra.release.ImageRelease;
import dev.upkeep.infra.release.ReleaseStore;
import dev.upkeep.infra.spec.AppSpec;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out what a stack is to serve: files and programs of the machine, or the images that were tied to a version. */
final class Releases {

    private final Path root;

    Releases(Path root) {
        this.root = root;
    }

    /** What a spec wants. */
    Release of(StackSpec spec) {
        return isOfImages(spec) ? ofImages(spec) : ofMachine(spec);
    }

    static boolean isOfImages(StackSpec spec) {
        return spec.settings() instanceof LocalSettings local && local.engine() == LocalSettings.Engine.DOCKER;
    }

    private static Release ofMachine(StackSpec spec) {
        Application application =
                spec.app().map(app -> program(app, spec.baseFolder())).orElseGet(Application.None::new);
        return new Release(
                spec.version(),
                SiteStore.digest(spec.site()),
                application,
                spec.environment(),
                spec.nginx(),
                Optional.empty());
    }

    private static Application program(AppSpec app, Path folder) {
        return app.command().isEmpty()
                ? new Application.Sample(app.health())
                : new Application.Command(app.command(), folder, app.health());
    }

    private Release ofImages(StackSpec spec) {
        ImageRelease images = images(spec.name(), spec.version());
        LocalSettings local = (LocalSettings) spec.settings();
        Application application = Optional.ofNullable(images.images().get(StackImages.APP))
                .<Application>map(image -> new Application.Image(
                        image, spec.app().orElseThrow(() -> unlike(images)).health()))
                .orElseGet(Application.None::new);
        if (application instanceof Application.None && spec.app().isPresent()) {
            throw unlike(images);
        }
        return new Release(
                spec.version(),
                Optional.empty(),
                application,
                spec.environment(),
                spec.nginx(),
                Optional.of(new Release.Containers(web(images), local.network())));
    }

    private static InvalidSpecException unlike(ImageRelease images) {
        return problem(
                "/app",
                "the release " + images.version() + " consists of "
                        + String.join(" and ", images.images().keySet()),
                "write app: none for a release without an application, or give the application a release of another version");
    }

    private static ImageReference web(ImageRelease images) {
        return Optional.ofNullable(images.images().get(StackImages.WEB))
                .orElseThrow(() -> problem(
                        "/version", "the release " + images.version() + " has no web image", "make another version"));
    }

    /** The same stack with other images. */
    Release with(StackName stack, Release present, String version) {
        if (present.containers().isEmpty()) {
            return present.withVersion(version);
        }
        ImageRelease images = images(stack, version);
        Application application = present.application()
                .<Application>match(
                        Application.None::new,
                        sample -> sample,
                        command -> command,
                        image -> new Application.Image(
                                Optional.ofNullable(images.images().get(StackImages.APP))
                                        .orElseThrow(() -> unlike(images)),
                                image.health()));
        return new Release(
                version,
                Optional.empty(),
                application,
                present.environment(),
                present.nginx(),
                Optional.of(new Release.Containers(
                        web(images), present.containers().get().network())));
    }

    private ImageRelease images(StackName stack, String version) {
        return new ReleaseStore(root, stack)
                .find(version)
                .orElseThrow(() -> problem(
                        "/version",
                        "there is no release " + version + " of images for stack " + stack,
                        "upkeep image push and then upkeep release create make one"));
    }

    private static InvalidSpecException problem(String pointer, String found, String hint) {
        return new InvalidSpecException(List.of(new SpecProblem(pointer, found, hint)));
    }
}
