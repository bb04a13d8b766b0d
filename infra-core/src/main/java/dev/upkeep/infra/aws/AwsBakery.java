package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.machine.OwnImage;
import dev.upkeep.infra.aws.machine.OwnImages;
import dev.upkeep.infra.aws.stack.ImageStack;
import dev.upkeep.infra.bake.BakedImage;
import dev.upkeep.infra.bake.Bakery;
import dev.upkeep.infra.bake.Pruning;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The machine images of stacks on AWS. */
final class AwsBakery implements Bakery {

    /** The tag with the image that an image was made from. */
    static final String BASE_TAG = "upkeep:base";

    /** The tag with the version of the release whose images it holds. */
    static final String VERSION_TAG = "upkeep:version";

    private final AwsAccess aws;
    private final Planning planning;
    private final AwsPlatform.Ports ports;
    private final InstantSource clock;
    private final Starting starting;
    private final OwnImages images;

    /** Begins operations of the platform. */
    @FunctionalInterface
    interface Starting {
        Operation start(StackName stack, Operation.Kind kind, Progressing.Work work) throws InterruptedException;
    }

    AwsBakery(AwsAccess aws, Planning planning, AwsPlatform.Ports ports, InstantSource clock, Starting starting) {
        this.aws = aws;
        this.planning = planning;
        this.ports = ports;
        this.clock = clock;
        this.starting = starting;
        this.images = aws.ownImages();
    }

    @Override
    public Operation bake(StackSpec spec) throws InterruptedException {
        StackSpec wanted = aws.withRegistry(spec);
        return starting.start(spec.name(), Operation.Kind.BAKE, progressing -> bake(wanted, progressing));
    }

    /** Without a release no instance could show that it serves. */
    private void bake(StackSpec spec, Progressing progressing) throws InterruptedException {
        if (aws.standingRelease(spec.name()).isEmpty()) {
            new Apply(aws, spec, ports, progressing).prepare(planning.base(spec));
        }
        String release = aws.standingRelease(spec.name()).orElseThrow();
        new Bake(aws, spec, clock, progressing).run(release);
    }

    @Override
    public List<BakedImage> list(StackName stack) {
        return list(stack, images.of(stack.text()));
    }

    private List<BakedImage> list(StackName stack, List<OwnImage> all) {
        Map<String, List<String>> users = new ImageUsers(aws, stack).of(all);
        return all.stream()
                .map(image -> baked(image, users.getOrDefault(image.id(), List.of())))
                .toList();
    }

    private static BakedImage baked(OwnImage image, List<String> users) {
        return new BakedImage(
                image.id(),
                image.name(),
                state(image),
                image.madeAt(),
                new BakedImage.Contents(
                        tag(image, ImageStack.RECIPE_TAG),
                        tag(image, BASE_TAG),
                        Architecture.of(image.architecture()),
                        tag(image, VERSION_TAG)),
                image.disk().gigabytes(),
                image.deprecatedAt(),
                users);
    }

    private static String tag(OwnImage image, String key) {
        return image.tags().getOrDefault(key, "");
    }

    private static BakedImage.State state(OwnImage image) {
        if (image.isPending()) {
            return BakedImage.State.PENDING;
        }
        if (!image.isAvailable()) {
            return BakedImage.State.FAILED;
        }
        return image.isProven() ? BakedImage.State.PROVEN : BakedImage.State.UNPROVEN;
    }

    @Override
    public Pruning planPrune(StackName stack, int keep) {
        List<BakedImage> going = new ArrayList<>();
        List<Pruning.Staying> staying = new ArrayList<>();
        int proven = 0;
        List<OwnImage> all = images.of(stack.text());
        for (BakedImage image : list(stack, all)) {
            boolean serves = image.state() == BakedImage.State.PROVEN;
            if (serves) {
                proven++;
            }
            if (!image.usedBy().isEmpty()) {
                staying.add(new Pruning.Staying(image, "used by " + String.join(", ", image.usedBy())));
            } else if (serves && proven <= keep) {
                staying.add(new Pruning.Staying(image, "one of the newest " + keep));
            } else {
                going.add(image);
            }
        }
        return new Pruning(stack, going, staying, leftovers(stack, all));
    }

    private List<String> leftovers(StackName stack, List<OwnImage> all) {
        List<String> leftovers = new ArrayList<>();
        aws.imageStack(stack)
                .ifPresent(formed -> leftovers.add("stack " + formed.name() + ", in which an image was to be made"));
        images.orphans(stack.text(), all)
                .forEach(snapshot -> leftovers.add("snapshot " + snapshot + ", whose image is gone"));
        return leftovers;
    }

    @Override
    public Operation prune(Pruning pruning) throws InterruptedException {
        Set<String> going = pruning.going().stream().map(BakedImage::id).collect(Collectors.toSet());
        return starting.start(
                pruning.stack(),
                Operation.Kind.PRUNE,
                progressing ->
                        new ImageRemoval(aws, pruning.stack(), progressing).run(image -> going.contains(image.id())));
    }
}
