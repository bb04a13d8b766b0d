package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;

/** The instances of a group, and what the load balancer says of them. */
final class Groups implements AutoCloseable {

    /** How Auto Scaling describes it when it launches an instance. */
    private static final Pattern LAUNCHED = Pattern.compile("Launching a new EC2 instance: (i-[0-9a-f]+)");

    private final AwsSession session;
    private final LazyClient<AutoScalingClient> groups;
    private final LazyClient<ElasticLoadBalancingV2Client> balancing;

    /** A group: how many instances it is to have, and those that it has. */
    record Group(int capacity, List<Member> members) {}

    /** An instance of a group: where it stands, and its state in the words of Auto Scaling. */
    record Member(String id, String zone, String lifecycle, String health) {}

    /** What a load balancer says of an instance: its state, and why it is not healthy. */
    record Target(String state, String reason) {}

    Groups(AwsSession session) {
        this.session = session;
        this.groups = session.lazily(AutoScalingClient::builder);
        this.balancing = session.lazily(ElasticLoadBalancingV2Client::builder);
    }

    /** Looks for a group; empty if there is none of that name. */
    Optional<Group> find(String name) {
        return session.ask(
                "read the group " + name,
                "autoscaling:DescribeAutoScalingGroups",
                () -> groups
                        .get()
                        .describeAutoScalingGroupsPaginator(request -> request.autoScalingGroupNames(name))
                        .autoScalingGroups()
                        .stream()
                        .findFirst()
                        .map(group -> new Group(group.desiredCapacity(), members(group))));
    }

    private static List<Member> members(AutoScalingGroup group) {
        return group.instances().stream()
                .map(member -> new Member(
                        member.instanceId(),
                        member.availabilityZone(),
                        member.lifecycleStateAsString(),
                        member.healthStatus()))
                .toList();
    }

    /**
     * Why instances could not be launched since a moment, newest first; of a group that is gone, too. Auto Scaling tries again and again, and
     * says the same each time.
     */
    List<String> failedLaunches(String group, Instant since) {
        return activities(group, since).stream()
                .filter(activity -> activity.statusCode() == ScalingActivityStatusCode.FAILED)
                .map(activity -> String.valueOf(activity.statusMessage()))
                .distinct()
                .toList();
    }

    /** The instances that were launched since a moment, newest first; of a group that is gone, too. */
    List<String> launched(String group, Instant since) {
        return activities(group, since).stream()
                .map(activity -> LAUNCHED.matcher(String.valueOf(activity.description())))
                .filter(Matcher::find)
                .map(launch -> launch.group(1))
                .toList();
    }

    private List<Activity> activities(String group, Instant since) {
        return session.ask(
                "read the activities of the group " + group,
                "autoscaling:DescribeScalingActivities",
                () -> groups
                        .get()
                        .describeScalingActivitiesPaginator(
                                request -> request.autoScalingGroupName(group).includeDeletedGroups(true))
                        .activities()
                        .stream()
                        .filter(activity -> !activity.startTime().isBefore(since))
                        .toList());
    }

    /** By the ids of the instances. */
    Map<String, Target> targets(String targetGroup) {
        return session.ask(
                "read the health of the targets of " + targetGroup, "elasticloadbalancing:DescribeTargetHealth", () -> {
                    Map<String, Target> targets = new TreeMap<>();
                    balancing
                            .get()
                            .describeTargetHealth(request -> request.targetGroupArn(targetGroup))
                            .targetHealthDescriptions()
                            .forEach(each -> targets.put(each.target().id(), target(each.targetHealth())));
                    return targets;
                });
    }

    private static Target target(TargetHealth health) {
        String reason = Optional.ofNullable(health.description())
                .or(() -> Optional.ofNullable(health.reasonAsString()))
                .orElse("");
        return new Target(health.stateAsString(), reason);
    }

    @Override
    public void close() {
        groups.close();
        balancing.close();
    }
}
