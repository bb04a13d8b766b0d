package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsAdvice;
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
import java.util.ArrayList;
import java.util.List;
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

    /** How long EC2 may take until it lists what it was told to make. */
    private static final Duration LISTING_LIMIT = Duration.ofMinutes(1);

    /** After that there are updates that the instances of an image lack. */
    private static final Duration AGED = Duration.ofDays(30);

    private static final String IMAGE = "image";

    /** What is to be made: of which base, how, for which release, and beside which servers. */
    private record Order(Resolved base, MachineRecipe recipe, String release, Optional<FormedStack> servers) {}

    private final AwsAccess aws;
    private final StackSpec spec;
    private final StackName stack;
    private final Polling polling;
    private final InstantSource clock;
    private final Progressing progressing;
    private final Reporter report;
    private final OwnImages images;
    private final Handover handover;
    private final ImageRemoval removal;

    Bake(AwsAccess aws, StackSpec spec, InstantSource clock, Progressing progressing) {
        this.aws = aws;
        this.spec = spec;
        this.stack = spec.name();
        this.polling = aws.polling();
        this.clock = clock;
        this.progressing = progressing;
        this.report = progressing.report();
        this.images = aws.ownImages();
        this.handover = new Handover(aws, progressing, new Endings(new InstanceEvidence(aws, stack), Bake::next));
        this.removal = new ImageRemoval(aws, stack, progressing, handover);
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
        noteOtherVersion(release);
        List<OwnImage> all = images.of(stack.text());
        Optional<OwnImage> there = find(recipe, all);
        OwnImage image = there.filter(OwnImage::isProven).isPresent()
                ? again(there.get(), all)
                : make(new Order(base, recipe, release, servers), there);
        // Whatever becomes of the rest, the image is proven and stays.
        removal.run(other -> !other.isProven() && !other.id().equals(image.id()));
    }

    private void noteOtherVersion(String release) {
        String standing = ReleaseText.version(release).orElse("");
        if (!standing.equals(spec.version())) {
            report.tell(
                    IMAGE,
                    EventKind.NOTICE,
                    "the stack runs " + standing + ", and the image is made for that; the file says " + spec.version());
        }
    }

    /** What the same recipe has made of the same base and release is the one to take again. */
    private OwnImage again(OwnImage image, List<OwnImage> all) {
        Duration age = Duration.between(image.madeAt(), clock.instant());
        report.tell(
                IMAGE,
                EventKind.DONE,
                image.id() + " is there already, made by the same recipe of the same base and release");
        if (age.compareTo(AGED) > 0) {
            report.tell(
                    IMAGE,
                    EventKind.NOTICE,
                    image.id() + " was made " + age.toDays() + " days ago, and no updates since then are in it; a newer"
                            + " aws.base-image makes another one");
        }
        boolean isTaken = all.stream()
                .filter(other -> other.isProven() && other.architecture().equals(image.architecture()))
                .limit(1)
                .anyMatch(newest -> newest.id().equals(image.id()));
        if (!isTaken) {
            prefer(image);
        }
        return image;
    }

    /** From now on. */
    private void prefer(OwnImage image) {
        images.prove(image, clock.instant());
        if (image.deprecatedAt().isPresent()) {
            mark(image, "not deprecated any more", () -> images.undoDeprecation(image));
        }
        deprecateOthers(image);
    }

    /**
     * Makes one and has it proven, or goes on with what a build before has begun.
     *
     * @param begun that, if there is any
     */
    private OwnImage make(Order order, Optional<OwnImage> begun) throws InterruptedException {
        Optional<OwnImage> image = begun;
        try {
            if (image.isEmpty()) {
                image = Optional.of(begin(order));
            }
            image = Optional.of(available(order.recipe(), image.get()));
            prove(image.get(), order.recipe(), order.servers());
            return image.get();
        } catch (ResourceFailedException failed) {
            clear(image, failed);
            throw failed;
        } catch (InfraException unclear) {
            report.tell(
                    IMAGE,
                    EventKind.NOTICE,
                    "what was begun is kept, and the next upkeep ami build goes on with it; instances end themselves"
                            + " after " + ImageStack.LIFETIME.toMinutes()
                            + " min, an image does not, and upkeep ami prune removes both at once");
            throw unclear;
        }
    }

    private static String next(FormedStack left) {
        return left.status().equals("DELETE_FAILED")
                ? "the stack " + left.name() + " is left; remove what blocks it, then run upkeep ami prune"
                : "mend it, then run upkeep ami build";
    }

    private Optional<OwnImage> find(MachineRecipe recipe) {
        return find(recipe, images.of(stack.text()));
    }

    private static Optional<OwnImage> find(MachineRecipe recipe, List<OwnImage> all) {
        return all.stream()
                .filter(image -> image.name().equals(recipe.imageName()))
                .findFirst();
    }

    private OwnImage begin(Order order) throws InterruptedException {
        MachineRecipe recipe = order.recipe();
        String version = ReleaseText.version(order.release()).orElse("");
        report.tell(
                IMAGE, EventKind.STARTED, "recipe " + recipe.hash() + " for " + version + ", from " + recipe.base());
        String builder = builder(order.base(), recipe);
        progressing.lease().requireHeld();
        report.tell(IMAGE, EventKind.STEP, "EC2 makes " + recipe.imageName() + " of " + builder);
        Map<String, String> tags = new TreeMap<>(tags(recipe));
        tags.put("Name", recipe.imageName());
        tags.put(AwsBakery.BASE_TAG, recipe.base());
        tags.put(AwsBakery.VERSION_TAG, version);
        try {
            return OwnImage.begun(
                    images.make(builder, recipe.imageName(), "Made for " + stack + " " + version + " by upkeep", tags),
                    recipe.imageName());
        } catch (AwsException e) {
            // The answer may be all that got lost, to this process or to one that was ended.
            if (AwsAdvice.isTransient(e) || e.code().equals(OwnImages.NAME_TAKEN)) {
                return listed(recipe).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private Optional<OwnImage> listed(MachineRecipe recipe) throws InterruptedException {
        List<OwnImage> found = new ArrayList<>();
        polling.until(LISTING_LIMIT, () -> {
            find(recipe).ifPresent(found::add);
            return !found.isEmpty();
        });
        return found.stream().findFirst();
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
        prefer(image);
        report.tell(IMAGE, EventKind.DONE, image.id() + " has served, and is there for instances to come");
    }

    private void deprecateOthers(OwnImage newest) {
        images.of(stack.text()).stream()
                .filter(image -> !image.id().equals(newest.id())
                        && image.isProven()
                        && image.architecture().equals(newest.architecture())
                        && image.deprecatedAt().isEmpty())
                .forEach(image -> mark(image, "deprecated", () -> images.deprecate(image, clock.instant())));
    }

    /** For people, and nothing rests on it. */
    private void mark(OwnImage image, String as, Runnable marking) {
        String resource = "image " + image.id();
        try {
            marking.run();
            report.tell(resource, EventKind.STEP, "is " + as);
        } catch (AwsException e) {
            report.tell(resource, EventKind.NOTICE, "could not be marked as " + as + ": " + e.getMessage());
        }
    }

    private void remove(Optional<FormedStack> standing) throws InterruptedException {
        new StackRemoval(aws, handover, report).run(standing);
    }

    /** Nothing that costs is left of what has failed. An image that never got to show what it can is kept for the next time. */
    private void clear(Optional<OwnImage> image, ResourceFailedException failed) throws InterruptedException {
        try {
            progressing.lease().requireHeld();
            removal.removeStack();
            if (image.filter(OwnImage::isAvailable).isPresent() && !isOfInstance(failed)) {
                report.tell(
                        IMAGE,
                        EventKind.NOTICE,
                        image.get().id() + " is kept, since no instance of it was started: the next upkeep ami build"
                                + " goes on with it, and upkeep ami prune removes it");
            } else {
                removal.remove(image.stream().toList());
            }
        } catch (InfraException e) {
            failed.addSuppressed(e);
            throw new OperationFailedException(
                    stack.text(),
                    failed.getMessage() + "; and then what was left could not be removed: " + e.getMessage()
                            + "; upkeep ami prune removes it",
                    failed);
        }
    }

    /** Whether it ran, and did not signal that it serves. */
    private static boolean isOfInstance(ResourceFailedException failed) {
        return failed.resource().equals(ImageStack.CANARY) && failed.problem().contains(" signal");
    }
}
