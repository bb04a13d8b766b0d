package dev.upkeep.infra.aws.machine;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import dev.upkeep.infra.failure.AwsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The machine images that were made for one stack, which is known by a tag. Safe for use by several threads. */
public final class OwnImages implements AutoCloseable {

    /** EC2 deprecates to the minute, and no moment that has passed. */
    private static final int SOON_MINUTES = 2;

    /** The code of the error that a snapshot cannot be deleted, since an image is made of it. */
    public static final String SNAPSHOT_IN_USE = "InvalidSnapshot.InUse";

    /** The code of the error that there is an image with that name already. */
    public static final String NAME_TAKEN = "InvalidAMIName.Duplicate";

    private static final Set<String> GONE =
            Set.of("InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidSnapshot.NotFound");

    /**
     * How EC2 answers a <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html">dry run</a> of what it would
     * do, and that of what would be in vain.
     */
    private static final Set<String> ALLOWED = Stream.concat(
                    GONE.stream(), Stream.of("DryRunOperation", SNAPSHOT_IN_USE))
            .collect(Collectors.toUnmodifiableSet());

    /** EC2 takes no more values for one filter. */
    private static final int MOST_VALUES = 200;

    /** In these an instance has its image: it runs, or can be started again. */
    private static final List<String> ALIVE = List.of("pending", "running", "stopping", "stopped");

    private final AwsSession session;
    private final String tag;
    private final LazyClient<Ec2Client> ec2;

    /**
     * Asks nobody yet.
     *
     * @param session of the account
     * @param tag the key of the tag with the name of the stack
     */
    public OwnImages(AwsSession session, String tag) {
        this.session = session;
        this.tag = tag;
        this.ec2 = session.lazily(Ec2Client::builder);
    }

    /**
     * The images of a stack.
     *
     * @param stack its name
     * @return in the order of {@link OwnImage#NEWEST_FIRST}
     * @throws AwsException if they cannot be found out
     */
    public List<OwnImage> of(String stack) {
        return session.ask(
                "list the machine images of the stack " + stack,
                "ec2:DescribeImages",
                () -> ec2
                        .get()
                        .describeImagesPaginator(request ->
                                request.owners("self").includeDeprecated(true).filters(filter("tag:" + tag, stack)))
                        .images()
                        .stream()
                        .map(OwnImages::read)
                        .sorted(OwnImage.NEWEST_FIRST)
                        .toList());
    }

    private static OwnImage read(Image image) {
        List<String> snapshots = new ArrayList<>();
        int gigabytes = 0;
        for (var mapping : image.blockDeviceMappings()) {
            if (mapping.ebs() != null && mapping.ebs().snapshotId() != null) {
                snapshots.add(mapping.ebs().snapshotId());
            }
            if (mapping.ebs() != null && String.valueOf(mapping.deviceName()).equals(image.rootDeviceName())) {
                gigabytes = Optional.ofNullable(mapping.ebs().volumeSize()).orElse(0);
            }
        }
        Map<String, String> tags = new TreeMap<>();
        image.tags().forEach(each -> tags.put(each.key(), each.value()));
        return new OwnImage(
                image.imageId(),
                String.valueOf(image.name()),
                image.stateAsString(),
                image.architectureAsString(),
                Optional.ofNullable(image.creationDate()).map(Instant::parse).orElse(Instant.EPOCH),
                Optional.ofNullable(image.deprecationTime()).map(Instant::parse),
                new OwnImage.Disk(gigabytes, snapshots),
                tags);
    }

    /**
     * The instance of a stack that has another tag besides.
     *
     * @param stack its name
     * @param key of the other tag
     * @param value of the other tag
     * @return the id of one that is not ended, empty if there is none
     * @throws AwsException if it cannot be found out
     */
    public Optional<String> instance(String stack, String key, String value) {
        return session.ask(
                "find the instance " + value + " of the stack " + stack,
                "ec2:DescribeInstances",
                () -> ec2
                        .get()
                        .describeInstancesPaginator(request -> request.filters(
                                filter("tag:" + tag, stack),
                                filter("tag:" + key, value),
                                filter("instance-state-name", "pending", "running")))
                        .reservations()
                        .stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .map(instance -> instance.instanceId())
                        .findFirst());
    }

    /**
     * Begins to make an image of an instance, which goes on running, and returns at once.
     *
     * @param instance its id; what is to be in the image must be on its disk
     * @param name of the image; of two with one name EC2 refuses the second
     * @param description for people
     * @param tags for the image and its snapshots
     * @return the id of the image
     * @throws AwsException if EC2 refuses it
     */
    public String make(String instance, String name, String description, Map<String, String> tags) {
        List<Tag> all = tags.entrySet().stream()
                .map(each ->
                        Tag.builder().key(each.getKey()).value(each.getValue()).build())
                .toList();
        return session.ask(
                "make the machine image " + name + " of " + instance,
                "ec2:CreateImage",
                () -> ec2.get()
                        .createImage(request -> request.instanceId(instance)
                                .name(name)
                                .description(description)
                                .noReboot(true)
                                .tagSpecifications(
                                        marking(ResourceType.IMAGE, all), marking(ResourceType.SNAPSHOT, all)))
                        .imageId());
    }

    private static TagSpecification marking(ResourceType type, List<Tag> tags) {
        return TagSpecification.builder().resourceType(type).tags(tags).build();
    }

    /**
     * Marks an image that has served as the one to take from now on.
     *
     * @param image the image
     * @param at when
     * @throws AwsException if EC2 refuses it
     */
    public void prove(OwnImage image, Instant at) {
        Tag proven = Tag.builder()
                .key(OwnImage.PROVEN_TAG)
                .value(at.truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
        session.ask(
                "mark the machine image " + image.id() + " as proven",
                "ec2:CreateTags",
                () -> ec2.get()
                        .createTags(request -> request.resources(image.id()).tags(proven)));
    }

    /**
     * Says that an image is not meant for use any more. Whoever has it goes on with it.
     *
     * @param image the image
     * @param now the moment of now
     * @throws AwsException if EC2 refuses it
     */
    public void deprecate(OwnImage image, Instant now) {
        session.ask(
                "deprecate the machine image " + image.id(),
                "ec2:EnableImageDeprecation",
                () -> ec2.get()
                        .enableImageDeprecation(request ->
                                request.imageId(image.id()).deprecateAt(now.plus(SOON_MINUTES, ChronoUnit.MINUTES))));
    }

    /**
     * Takes back that an image is not meant for use any more.
     *
     * @param image the image
     * @throws AwsException if EC2 refuses it
     */
    public void undoDeprecation(OwnImage image) {
        session.ask(
                "undo the deprecation of the machine image " + image.id(),
                "ec2:DisableImageDeprecation",
                () -> ec2.get().disableImageDeprecation(request -> request.imageId(image.id())));
    }

    /**
     * Removes an image, but none of its snapshots. One that is gone already is no failure.
     *
     * @param image the image
     * @throws AwsException if EC2 refuses it
     */
    public void remove(OwnImage image) {
        unless(GONE, () -> deregister(image, false));
    }

    private void deregister(OwnImage image, boolean isTrial) {
        session.ask(
                "deregister the machine image " + image.id(),
                "ec2:DeregisterImage",
                () -> ec2.get()
                        .deregisterImage(request -> request.imageId(image.id()).dryRun(isTrial)));
    }

    /**
     * Removes a snapshot. One that is gone already is no failure.
     *
     * @param id the snapshot
     * @throws AwsException if EC2 refuses it; with {@link #SNAPSHOT_IN_USE} as long as an image has it
     */
    public void removeSnapshot(String id) {
        unless(GONE, () -> delete(id, false));
    }

    private void delete(String snapshot, boolean isTrial) {
        session.ask(
                "delete the snapshot " + snapshot,
                "ec2:DeleteSnapshot",
                () -> ec2.get()
                        .deleteSnapshot(request -> request.snapshotId(snapshot).dryRun(isTrial)));
    }

    /**
     * Asks EC2 whether it would let an image be removed with its snapshots. Changes nothing.
     *
     * @param image the image
     * @throws AwsException if it would not
     */
    public void tryToRemove(OwnImage image) {
        unless(ALLOWED, () -> deregister(image, true));
        image.disk().snapshots().forEach(snapshot -> unless(ALLOWED, () -> delete(snapshot, true)));
    }

    private static void unless(Set<String> codes, Runnable call) {
        try {
            call.run();
        } catch (AwsException e) {
            if (!codes.contains(e.code())) {
                throw e;
            }
        }
    }

    /**
     * Snapshots of a stack whose images are gone.
     *
     * @param stack its name
     * @param images all that it has
     * @return their ids
     * @throws AwsException if they cannot be found out
     */
    public List<String> orphans(String stack, Collection<OwnImage> images) {
        Set<String> needed = images.stream()
                .flatMap(image -> image.disk().snapshots().stream())
                .collect(Collectors.toSet());
        // As long as an image is made, EC2 may not say yet which snapshots are its.
        if (images.stream().anyMatch(OwnImage::isPending)) {
            return List.of();
        }
        return session.ask(
                "list the snapshots of the stack " + stack,
                "ec2:DescribeSnapshots",
                () -> ec2
                        .get()
                        .describeSnapshotsPaginator(
                                request -> request.ownerIds("self").filters(filter("tag:" + tag, stack)))
                        .snapshots()
                        .stream()
                        .map(Snapshot::snapshotId)
                        .filter(id -> !needed.contains(id))
                        .sorted()
                        .toList());
    }

    /**
     * Who has images: instances that are not ended, and the versions of launch templates that new instances are made of. Of the template of
     * the stack itself that is the newest version only: its first one stays the default, and nobody uses that.
     *
     * @param stack its name
     * @param images which ones
     * @return by the id of the image, for people; images that nobody has are missing
     * @throws AwsException if it cannot be found out
     */
    public Map<String, List<String>> users(String stack, Collection<OwnImage> images) {
        List<String> ids = images.stream().map(OwnImage::id).toList();
        return IntStream.iterate(0, from -> from < ids.size(), from -> from + MOST_VALUES)
                .mapToObj(from -> ids.subList(from, Math.min(ids.size(), from + MOST_VALUES)))
                .flatMap(some -> users(stack, some.toArray(String[]::new)))
                .distinct()
                .sorted(Comparator.comparing(User::name))
                .collect(Collectors.groupingBy(
                        User::image, TreeMap::new, Collectors.mapping(User::name, Collectors.toList())));
    }

    private Stream<User> users(String stack, String... ids) {
        Stream<LaunchTemplateVersion> newest = templates("$Latest", ids);
        Stream<LaunchTemplateVersion> ofOthers = templates("$Default", ids).filter(version -> !isOf(stack, version));
        return Stream.concat(instances(ids), Stream.concat(newest, ofOthers).map(OwnImages::user));
    }

    /** It marks the instances that are made of it. */
    private boolean isOf(String stack, LaunchTemplateVersion version) {
        return version.launchTemplateData().tagSpecifications().stream()
                .flatMap(specification -> specification.tags().stream())
                .anyMatch(each -> tag.equals(each.key()) && stack.equals(each.value()));
    }

    private record User(String image, String name) {}

    private Stream<User> instances(String... ids) {
        return session.ask(
                "find the instances of machine images",
                "ec2:DescribeInstances",
                () -> ec2
                        .get()
                        .describeInstancesPaginator(request -> request.filters(
                                filter("image-id", ids), filter("instance-state-name", ALIVE.toArray(String[]::new))))
                        .reservations()
                        .stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .map(instance -> new User(instance.imageId(), "instance " + instance.instanceId()))
                        .toList()
                        .stream());
    }

    private Stream<LaunchTemplateVersion> templates(String version, String... ids) {
        return session.ask(
                "find the launch templates of machine images",
                "ec2:DescribeLaunchTemplateVersions",
                () -> ec2
                        .get()
                        .describeLaunchTemplateVersionsPaginator(
                                request -> request.versions(version).filters(filter("image-id", ids)))
                        .launchTemplateVersions()
                        .stream()
                        .toList()
                        .stream());
    }

    private static User user(LaunchTemplateVersion version) {
        return new User(version.launchTemplateData().imageId(), "launch template " + version.launchTemplateName());
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    @Override
    public void close() {
        ec2.close();
    }
}
