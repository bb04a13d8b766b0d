package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.machine.OwnImage;
import dev.upkeep.infra.aws.machine.OwnImages;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.spec.StackName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Removes machine images of a stack that nobody uses, and what was left of others. */
final class ImageRemoval {

    /** How long EC2 may go on to count an image that is gone. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final AwsAccess aws;
    private final StackName stack;
    private final OwnImages images;
    private final Handover handover;
    private final Progressing progressing;
    private final Reporter report;

    ImageRemoval(AwsAccess aws, StackName stack, Progressing progressing) {
        this(aws, stack, progressing, new Handover(aws, progressing));
    }

    /**
     * For whoever knows how the stack fails in which images are made.
     *
     * @param handover with which that is deleted
     */
    ImageRemoval(AwsAccess aws, StackName stack, Progressing progressing, Handover handover) {
        this.aws = aws;
        this.stack = stack;
        this.images = aws.ownImages();
        this.progressing = progressing;
        this.report = progressing.report();
        this.handover = handover;
    }

    /**
     * Looks whether all images could be removed, before anything else is.
     *
     * @throws OperationRefusedException if not
     */
    void requireAllowed() {
        try {
            images.of(stack.text()).stream().findFirst().ifPresent(images::tryToRemove);
        } catch (AwsException e) {
            throw new OperationRefusedException(
                    stack.text(),
                    "its machine images would be left: " + e.getMessage()
                            + "; upkeep policy --machine-image prints all that it takes to remove them");
        }
    }

    /** Also if nobody has marked them as proven, or they never came to be. */
    void runForAll() throws InterruptedException {
        run(image -> true);
    }

    /** Those that a condition holds for. */
    void run(Predicate<OwnImage> going) throws InterruptedException {
        removeStack();
        remove(images.of(stack.text()).stream().filter(going).toList());
    }

    /** The stack in which images are made. */
    void removeStack() throws InterruptedException {
        new StackRemoval(aws, handover, report).run(aws.imageStack(stack));
    }

    /** Who uses them is asked now: somebody may have begun to since they were planned to go. */
    void remove(Collection<OwnImage> going) throws InterruptedException {
        Map<String, List<String>> users = new ImageUsers(aws, stack).of(going);
        Set<String> gone = new TreeSet<>();
        for (OwnImage image : going) {
            progressing.lease().requireHeld();
            List<String> used = users.getOrDefault(image.id(), List.of());
            if (used.isEmpty()) {
                images.remove(image);
                gone.add(image.id());
                removeSnapshots(image.disk().snapshots());
                report.tell("image " + image.id(), EventKind.DONE, "is removed with its snapshots");
            } else {
                report.tell("image " + image.id(), EventKind.NOTICE, "is kept: used by " + String.join(", ", used));
            }
        }
        sweep(gone);
    }

    private void removeSnapshots(List<String> snapshots) throws InterruptedException {
        for (String snapshot : snapshots) {
            removeSnapshot(snapshot);
        }
    }

    private boolean removeSnapshot(String id) throws InterruptedException {
        boolean removed = aws.polling().until(SETTLING, () -> {
            try {
                images.removeSnapshot(id);
                return true;
            } catch (AwsException e) {
                if (!e.code().equals(OwnImages.SNAPSHOT_IN_USE)) {
                    throw e;
                }
                return false;
            }
        });
        if (!removed) {
            report.tell("snapshot " + id, EventKind.NOTICE, "is kept: EC2 says that an image of others is made of it");
        }
        return removed;
    }

    /** EC2 may still list what is gone. */
    private void sweep(Set<String> gone) throws InterruptedException {
        List<OwnImage> left = images.of(stack.text()).stream()
                .filter(image -> !gone.contains(image.id()))
                .toList();
        for (OwnImage image : left) {
            if (image.isPending()) {
                report.tell(
                        "image " + image.id(),
                        EventKind.NOTICE,
                        "is still being made: which snapshots are left of others can be seen only when that is done");
            }
        }
        for (String snapshot : images.orphans(stack.text(), left)) {
            if (removeSnapshot(snapshot)) {
                report.tell("snapshot " + snapshot, EventKind.DONE, "is removed; its image was gone");
            }
        }
    }
}
