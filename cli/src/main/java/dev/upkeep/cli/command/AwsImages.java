package dev.upkeep.cli.command;

import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.aws.ImagePublisher;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.spec.StackSpec;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds and sends the images of a stack on AWS, as upkeep image push --edge does. */
final class AwsImages implements ImagePublisher {

    private final Terminal terminal;

    AwsImages(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public SortedMap<String, ImageReference> publish(StackSpec spec, Reporter report) throws InterruptedException {
        ImageWork work = new ImageWork(Optional.empty(), spec, terminal, Set.of());
        SortedMap<String, ImageReference> images = new TreeMap<>();
        for (ImageWork.Done done : work.build(
                work.planned(true),
                work::registry,
                event -> report.tell(event.resource(), event.kind(), event.message()))) {
            images.put(
                    done.name(),
                    done.image()
                            .reference()
                            .orElseGet(() -> StackImages.reference(spec, done.name())
                                    .orElseThrow()
                                    .withDigest(done.image().digest())));
        }
        return images;
    }
}
