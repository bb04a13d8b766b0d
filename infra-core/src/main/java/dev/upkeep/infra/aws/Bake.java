package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.Caution;
import dev.upkeep.infra.aws.formation.ChangeRequest;
import dev.upkeep.infra.aws.formation.ChangeSets;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.aws.machine.OwnImage;
import dev.upkeep.infra.aws.machine.OwnImages;
import dev.upkeep.infra.aws.stack.ImageStack;
import dev.upkeep.infra.aws.stack.MachineRecipe;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.OperationFailedException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a machine image. Everything that it needs to know where it is stands at AWS: the image by its name, the instances in a stack of
 * CloudFormation that is marked with the recipe. So whoever comes next goes on where this process was ended.
 */
final class Bake {

    /** The time in which an image of some gigabytes is copied, and much more. */
    private static final Duration IMAGE_LIMIT = Duration.ofMinutes(60);

    private static final String IMAGE = "image";

    private final AwsAccess aws;
    private final StackSpec spec;
    private final StackName stack;
    private final Polling polling;
    private final InstantSource clock;
    private final Progressing progressing;
    private final Reporter report;
    private final OwnImages images;
    private final Handover handover;

    Bake(AwsAccess aws, StackSpec spec, Polling polling, InstantSource clock, Progressing progressing) {
        this.aws = aws;
        this.spec = spec;
        this.stack = spec.name();
        this.polling = polling;
        this.clock = clock;
        this.progressing = progressing;
        this.report = progressing.report();
        this.images = aws.ownImages();
        this.handover = new Handover(aws, progressing, new Endings(new InstanceEvidence(aws, stack), Bake::next));
    }

    /**
     * Makes it, unless it is there.
     *
     * @param release what the parameter of the release says
     */
    void run(String release) throws InterruptedException {
        Optional<FormedStack> servers = aws.standingServers(stack);
        Resolved base = aws.lookups().resolveBase(spec, servers);
        MachineRecipe recipe = MachineRecipe.of(spec, base, ReleaseText.images(release));
        Optional<OwnImage> there = find(recipe);
        if (there.filter(OwnImage::isProven).isPresent()) {
            report.tell(
                    IMAGE,
                    EventKind.DONE,
                    there.get().id() + " is there already, made by the same recipe of the same base and release");
            removeStack();
            return;
        }
        try {
            OwnImage image = available(recipe, there.isPresent() ? there.get() : make(base, recipe, release));
            prove(image, recipe, servers);
        } catch (ResourceFailedException failed) {
            clear(recipe, failed);
            throw failed;
        } catch (InfraException unclear) {
            report.tell(
                    IMAGE,
                    EventKind.NOTICE,
                    "what was begun is kept, and the next upkeep ami build goes on with it; it ends itself after "
                            + ImageStack.LIFETIME.toMinutes() + " min, and upkeep ami prune removes it at once");
            throw unclear;
        }
        // Whatever becomes of the stack, the image is proven and stays.
        removeStack();
    }

    private static String next(FormedStack left) {
        return left.status().equals("DELETE_FAILED")
                ? "the stack " + left.name() + " is left; remove what blocks it, then run upkeep ami prune"
                : "nothing of the image is left; mend it, then run upkeep ami build";
    }

    private Optional<OwnImage> find(MachineRecipe recipe) {
        return images.of(stack.text()).stream()
                .filter(image -> image.name().equals(recipe.imageName()))
                .findFirst();
    }

    private OwnImage make(Resolved base, MachineRecipe recipe, String release) throws InterruptedException {
        String version = ReleaseText.version(release).orElse("");
        report.tell(
                IMAGE, EventKind.STARTED, "recipe " + recipe.hash() + " for " + version + ", from " + recipe.base());
        String builder = builder(base, recipe);
        progressing.lease().requireHeld();
        report.tell(IMAGE, EventKind.STEP, "EC2 makes " + recipe.imageName() + " of " + builder);
        Map<String, String> tags = new TreeMap<>(tags(recipe));
        tags.put("Name", recipe.imageName());
        tags.put(AwsBakery.BASE_TAG, recipe.base());
        tags.put(AwsBakery.VERSION_TAG, version);
        try {
            images.make(builder, recipe.imageName(), "Made for " + stack + " " + version + " by upkeep", tags);
        } catch (AwsException e) {
            // The answer may be all that got lost.
            if (find(recipe).isEmpty()) {
                throw e;
            }
        }
        OwnImage[] made = new OwnImage[1];
        boolean found = polling.until(Retrying.LIMIT, () -> {
            find(recipe).ifPresent(image -> made[0] = image);
            return made[0] != null;
        });
        if (!found) {
            throw new ResourceFailedException(IMAGE, "EC2 took the order for it and does not list it", "");
        }
        return made[0];
    }

    private Map<String, String> tags(MachineRecipe recipe) {
        Map<String, String> tags = new TreeMap<>(Planning.tags(spec));
        tags.put(ImageStack.RECIPE_TAG, recipe.hash());
        return tags;
    }

    /** The instance that is ready to be copied. */
    private String builder(Resolved base, MachineRecipe recipe) throws InterruptedException {
        Optional<FormedStack> standing = settled();
        Optional<String> ready = standing.filter(formed -> formed.isUpdatable()
                        && recipe.hash().equals(formed.tags().get(ImageStack.RECIPE_TAG)))
                .flatMap(formed -> instance(ImageStack.BUILDER));
        if (ready.isPresent()) {
            return ready.get();
        }
        remove(standing);
        form(Optional.empty(), ImageStack.builder(spec, base), recipe);
        return instance(ImageStack.BUILDER)
                .orElseThrow(() -> new ResourceFailedException(
                        ImageStack.BUILDER, "it was ready, and now it is not there any more", ""));
    }

    private Optional<String> instance(String purpose) {
        return images.instance(stack.text(), ImageStack.PURPOSE_TAG, purpose);
    }

    /** Once what somebody has begun before is done. */
    private Optional<FormedStack> settled() throws InterruptedException {
        Optional<FormedStack> found = aws.imageStack(stack);
        if (found.filter(FormedStack::isInProgress).isPresent()) {
            String id = found.get().id();
            report.tell(found.get().name(), EventKind.NOTICE, "was begun before; going on with it");
            String beginning = aws.formation()
                    .latestOperation(id)
                    .beginning()
                    .orElseThrow()
                    .id();
            aws.follower(report).follow(id, beginning, 0);
            return aws.imageStack(stack);
        }
        return found;
    }

    private void form(Optional<FormedStack> standing, StackTemplate template, MachineRecipe recipe)
            throws InterruptedException {
        ChangeRequest request = new ChangeRequest(stack.text() + ImageStack.SUFFIX, standing, template, tags(recipe));
        ChangeSets changeSets = aws.formation().changeSets();
        Optional<Proposal> proposal = changeSets.finish(request, changeSets.begin(request, Caution.NONE));
        if (proposal.isEmpty()) {
            return;
        }
        Execution execution = new Execution(aws, handover);
        execution.add(proposal.get());
        try {
            execution.run(proposal.get(), aws.follower(report));
        } catch (InfraException | InterruptedException e) {
            execution.discardAfter(e);
            throw e;
        }
    }

    private OwnImage available(MachineRecipe recipe, OwnImage begun) throws InterruptedException {
        Retrying looking = new Retrying(polling, begun.name(), report);
        OwnImage[] last = {begun};
        boolean ended = polling.until(IMAGE_LIMIT, () -> {
            last[0] = looking.ask(() -> find(recipe)).orElse(last[0]);
            return !last[0].isPending();
        });
        if (!ended) {
            throw new ResourceFailedException(
                    IMAGE, begun.id() + " is still pending after " + IMAGE_LIMIT.toMinutes() + " min", "");
        }
        if (!last[0].isAvailable()) {
            throw new ResourceFailedException(
                    IMAGE, "EC2 could not make " + begun.id() + ": it is " + last[0].state(), "");
        }
        report.tell(IMAGE, EventKind.STEP, begun.id() + " is made; an instance of it has to serve");
        return last[0];
    }

    /** An instance of it serves the version and is ready, or its boot would have failed. */
    private void prove(OwnImage image, MachineRecipe recipe, Optional<FormedStack> servers)
            throws InterruptedException {
        Optional<FormedStack> standing = settled().filter(FormedStack::isFormed);
        if (standing.filter(formed -> !formed.isUpdatable()).isPresent()) {
            remove(standing);
            standing = Optional.empty();
        }
        Resolved resolved = aws.lookups().resolve(spec, servers, image.id());
        form(standing, ImageStack.canary(spec, resolved), recipe);
        progressing.lease().requireHeld();
        images.prove(image, clock.instant());
        report.tell(IMAGE, EventKind.DONE, image.id() + " has served, and is there for instances to come");
        deprecateOthers(image);
    }

    /** For people, and nothing rests on it. */
    private void deprecateOthers(OwnImage newest) {
        for (OwnImage image : images.of(stack.text())) {
            boolean old = !image.id().equals(newest.id())
                    && image.isProven()
                    && image.architecture().equals(newest.architecture())
                    && image.deprecatedAt().isEmpty();
            try {
                if (old) {
                    images.deprecate(image, clock.instant());
                    report.tell("image " + image.id(), EventKind.STEP, "is deprecated");
                }
            } catch (AwsException e) {
                report.tell("image " + image.id(), EventKind.NOTICE, "is not deprecated: " + e.getMessage());
            }
        }
    }

    private void removeStack() throws InterruptedException {
        remove(settled());
    }

    private void remove(Optional<FormedStack> standing) throws InterruptedException {
        new StackRemoval(aws, handover, report).run(standing);
    }

    /** Nothing that costs is left of what has failed. */
    private void clear(MachineRecipe recipe, ResourceFailedException failed) throws InterruptedException {
        try {
            progressing.lease().requireHeld();
            Optional<OwnImage> left = find(recipe);
            left.ifPresent(images::remove);
            removeStack();
        } catch (InfraException e) {
            failed.addSuppressed(e);
            throw new OperationFailedException(
                    stack.text(),
                    failed.getMessage() + "; and then what was left could not be removed: " + e.getMessage()
                            + "; upkeep ami prune removes it",
                    failed);
        }
    }
}
