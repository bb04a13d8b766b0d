package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.local.container.Docker;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.progress.EventKind;
import java.util.Optional;

/** Has Docker fetch the images of a release, before any instance is touched for it. */
final class Images {

    private final StackContext context;

    Images(StackContext context) {
        this.context = context;
    }

    /** Docker has to answer, and to have the network; whatever is missing is said before it costs anybody anything. */
    void pull(Release release) throws InterruptedException {
        if (release.containers().isEmpty()) {
            return;
        }
        Docker docker = new Docker(context.folder().path(), context.machine());
        Optional<Finding> problem = docker.problem(release.containers().get().network());
        if (problem.isPresent()) {
            throw new ResourceFailedException(
                    "docker", problem.get().text() + "; " + problem.get().next(), "");
        }
        for (ImageReference image : release.images()) {
            String name = "image " + image.repository();
            if (!docker.has(image)) {
                context.report().tell(name, EventKind.STARTED, "pull from " + image.registry());
                docker.pull(image);
                context.report().tell(name, EventKind.DONE, "pulled");
            }
        }
    }
}
