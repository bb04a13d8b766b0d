package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.machine.OwnImage;
import dev.upkeep.infra.aws.stack.ImageStack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The machine images of an account as EC2 keeps them, and the instance of which they are made. */
final class ScriptedImages {

    private static final int LATE = 4;

    private static final ScriptedAnswer WOULD_DO =
            ScriptedAnswer.refused("DryRunOperation", "Request would have succeeded, but DryRun flag is set.");

    private final Map<String, Kept> images = new LinkedHashMap<>();
    private final Deque<String> states = new ArrayDeque<>(List.of("available"));
    private final List<String> snapshots = new ArrayList<>();
    private final List<String> users = new ArrayList<>();
    private final Set<String> deprecated = new HashSet<>();
    private Runnable late = () -> {};
    private int looks;
    private boolean builderRuns = true;

    private record Kept(String name, int number, Map<String, String> tags) {

        String madeAt() {
            return "2026-11-0" + (number + 1) + "T10:00:00Z";
        }
    }

    ScriptedImages(ScriptedAws aws) {
        aws.usually("DescribeImages", this::described);
        aws.usually("CreateImage", this::made);
        aws.usually("CreateTags", this::tagged);
        aws.usually("DeregisterImage", this::deregistered);
        aws.usually("DeleteSnapshot", this::deleted);
        aws.usually("EnableImageDeprecation", call -> ScriptedAnswer.result("<return>true</return>"));
        aws.usually("DisableImageDeprecation", call -> ScriptedAnswer.result("<return>true</return>"));
        aws.usually("DescribeSnapshots", call -> ScriptedAnswer.result(list("snapshotSet", "snapshotId", snapshots)));
        aws.usually("DescribeInstances", this::instances);
        aws.usually("DescribeLaunchTemplateVersions", call -> ScriptedAnswer.result("<launchTemplateVersionSet/>"));
    }

    /** An image that was made before, with its snapshot. */
    void has(String id, String name, boolean isProven) {
        Kept kept = new Kept(name, images.size(), new LinkedHashMap<>());
        images.put(id, kept);
        snapshots.add("snap-of-" + id);
        if (isProven) {
            kept.tags().put(OwnImage.PROVEN_TAG, kept.madeAt());
        }
    }

    void isDeprecated(String id) {
        deprecated.add(id);
    }

    /** One that EC2 lists only after it was asked a few times. */
    void isListedLate(String id, String name) {
        late = () -> has(id, name, false);
    }

    /** What those that are made are found in, one look after the other; the last one stays. */
    void becomes(String... statesInTurn) {
        states.clear();
        states.addAll(Arrays.asList(statesInTurn));
    }

    /** A snapshot that belongs to no image. */
    void hasSnapshot(String id) {
        snapshots.add(id);
    }

    void isUsed(String image, String instance) {
        users.add("<instanceId>" + instance + "</instanceId><imageId>" + image + "</imageId>");
    }

    void builderIsGone() {
        builderRuns = false;
    }

    List<String> ids() {
        return List.copyOf(images.keySet());
    }

    List<String> snapshots() {
        return List.copyOf(snapshots);
    }

    private ScriptedAnswer described(ScriptedCall call) {
        looks++;
        if (looks == LATE) {
            late.run();
        }
        String id = call.parameter("ImageId.1");
        if (!id.isEmpty() && !images.containsKey(id)) {
            return Ec2Answers.image(id, "<architecture>x86_64</architecture>");
        }
        String newest = images.keySet().stream().reduce("", (first, last) -> last);
        return ScriptedAnswer.result(images.entrySet().stream()
                .filter(each -> id.isEmpty() || each.getKey().equals(id))
                .map(each -> image(each.getKey(), each.getValue(), each.getKey().equals(newest)))
                .collect(Collectors.joining("", "<imagesSet>", "</imagesSet>")));
    }

    private String image(String id, Kept kept, boolean isNewest) {
        String state = isNewest && states.size() > 1 ? states.remove() : isNewest ? states.element() : "available";
        return "<item><imageId>" + id + "</imageId><name>" + kept.name() + "</name><imageState>" + state
                + "</imageState><architecture>x86_64</architecture><creationDate>" + kept.madeAt() + "</creationDate>"
                + (deprecated.contains(id) ? "<deprecationTime>2026-11-09T10:00:00.000Z</deprecationTime>" : "")
                + "<rootDeviceName>/dev/xvda</rootDeviceName><blockDeviceMapping><item>"
                + "<deviceName>/dev/xvda</deviceName><ebs><volumeSize>8</volumeSize><snapshotId>snap-of-" + id
                + "</snapshotId></ebs></item></blockDeviceMapping><tagSet>"
                + kept.tags().entrySet().stream()
                        .map(tag -> "<item><key>" + tag.getKey() + "</key><value>" + tag.getValue() + "</value></item>")
                        .collect(Collectors.joining())
                + "</tagSet></item>";
    }

    private ScriptedAnswer made(ScriptedCall call) {
        String name = call.parameter("Name");
        if (images.values().stream().anyMatch(image -> image.name().equals(name))) {
            return ScriptedAnswer.refused("InvalidAMIName.Duplicate", "AMI name " + name + " is already in use");
        }
        String id = "ami-new" + images.size();
        has(id, name, false);
        for (int number = 1; call.parameters().containsKey("TagSpecification.1.Tag." + number + ".Key"); number++) {
            images.get(id)
                    .tags()
                    .put(
                            call.parameter("TagSpecification.1.Tag." + number + ".Key"),
                            call.parameter("TagSpecification.1.Tag." + number + ".Value"));
        }
        return ScriptedAnswer.result("<imageId>" + id + "</imageId>");
    }

    private ScriptedAnswer tagged(ScriptedCall call) {
        images.get(call.parameter("ResourceId.1"))
                .tags()
                .put(call.parameter("Tag.1.Key"), call.parameter("Tag.1.Value"));
        return ScriptedAnswer.result("<return>true</return>");
    }

    private ScriptedAnswer deregistered(ScriptedCall call) {
        String id = call.parameter("ImageId");
        if (isTrial(call)) {
            return WOULD_DO;
        }
        return images.remove(id) == null
                ? ScriptedAnswer.refused("InvalidAMIID.NotFound", "The image id [" + id + "] does not exist")
                : ScriptedAnswer.result("<return>true</return>");
    }

    private ScriptedAnswer deleted(ScriptedCall call) {
        String id = call.parameter("SnapshotId");
        if (isTrial(call)) {
            return WOULD_DO;
        }
        return snapshots.remove(id)
                ? ScriptedAnswer.result("<return>true</return>")
                : ScriptedAnswer.refused("InvalidSnapshot.NotFound", "The snapshot " + id + " does not exist.");
    }

    private static boolean isTrial(ScriptedCall call) {
        return call.parameter("DryRun").equals("true");
    }

    private static String list(String element, String each, List<String> values) {
        return values.stream()
                .map(value -> "<item><" + each + ">" + value + "</" + each + "></item>")
                .collect(Collectors.joining("", "<" + element + ">", "</" + element + ">"));
    }

    /** Either the one of a purpose is asked for, or those of images. */
    private ScriptedAnswer instances(ScriptedCall call) {
        if (call.parameters().containsValue("tag:" + ImageStack.PURPOSE_TAG)) {
            return builderRuns
                    ? Ec2Answers.instances("<instanceId>i-builder</instanceId>")
                    : ScriptedAnswer.result("<reservationSet/>");
        }
        return Ec2Answers.instances(users.toArray(String[]::new));
    }
}
