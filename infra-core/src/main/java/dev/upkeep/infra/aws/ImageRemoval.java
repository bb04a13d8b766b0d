package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.machine.OwnImage;
import dev.upkeep.infra.aws.machine.OwnImages;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.spec.StackName;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Removes machine images of a stack that nobody uses, and what was left of others. */
final class ImageRemoval {

    private final AwsAccess aws;
    private final StackName stack;
    private final OwnImages images;
    private final Progressing progressing;
    private final Reporter report;

    ImageRemoval(AwsAccess aws, StackName stack, Progressing progressing) {
        this.aws = aws;
        this.stack = stack;
        this.images = aws.ownImages();
        this.progressing = progressing;
        this.report = progressing.report();
    }

    /** Those with these ids. */
    void run(Collection<String> ids) throws InterruptedException {
        removeStack();
        remove(images.of(stack.text()).stream()
                .filter(image -> ids.contains(image.id()))
                .toList());
    }

    /** All of them. */
    void runForAll() throws InterruptedException {
        removeStack();
        remove(images.of(stack.text()));
    }

    private void removeStack() throws InterruptedException {
        new StackRemoval(aws, new Handover(aws, progressing), report).run(aws.imageStack(stack));
    }

    /** Who uses them is asked now: somebody may have begun to since they were planned to go. */
    private void remove(List<OwnImage> going) {
        Map<String, List<String>> users = images.users(stack.text(), going);
        for (OwnImage image : going) {
            progressing.lease().requireHeld();
            List<String> used = users.getOrDefault(image.id(), List.of());
            if (used.isEmpty()) {
                images.remove(image);
                report.tell("image " + image.id(), EventKind.DONE, "is removed with its snapshots");
            } else {
                report.tell("image " + image.id(), EventKind.NOTICE, "is kept: used by " + String.join(", ", used));
            }
        }
        for (String snapshot : images.orphans(stack.text(), images.of(stack.text()))) {
            images.removeSnapshot(snapshot);
            report.tell("snapshot " + snapshot, EventKind.DONE, "is removed; its image was gone");
        }
    }
}
