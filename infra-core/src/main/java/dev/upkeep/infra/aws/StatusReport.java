package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.aws.formation.WaysOut;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Output;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.shell.RemoteShell;
import dev.upkeep.infra.spec.StackName;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a stack on AWS is found: CloudFormation's state of it, its instances as Auto Scaling has them, and what the load balancer says of each. */
final class StatusReport {

    private final AwsAccess aws;
    private final StackName stack;
    private final Optional<Operation> running;
    private final List<Problem> problems = new ArrayList<>();
    private Optional<RemoteShell> shell = Optional.empty();
    private int missing;

    StatusReport(AwsAccess aws, StackName stack, Optional<Operation> running) {
        this.aws = aws;
        this.stack = stack;
        this.running = running;
    }

    /** Also asks the instances themselves. */
    StatusReport asking(RemoteShell way) {
        shell = Optional.of(way);
        return this;
    }

    StackStatus make() throws InterruptedException {
        Optional<FormedStack> servers = aws.servers(stack);
        Optional<FormedStack> base = aws.base(stack);
        if (servers.isEmpty() && base.isEmpty()) {
            return StackStatus.absent(stack);
        }
        Optional<FormedStack> standing = servers.filter(FormedStack::isFormed);
        Optional<Release> release = aws.standingRelease(stack).map(ReleaseParameter::release);
        List<Instance> instances =
                asked(standing.map(formed -> instances(formed, release)).orElse(List.of()));
        Serving serving = standing.isEmpty() ? Serving.UNKNOWN : serving(instances);
        return new StackStatus(
                stack,
                state(servers, base, release, serving),
                serving,
                standing.flatMap(formed -> formed.output(ServerStack.URL)).map(URI::create),
                standing.isEmpty() ? Optional.empty() : release,
                instances,
                missing,
                running,
                standing.or(() -> base.filter(FormedStack::isFormed)).flatMap(this::failure),
                standing.map(StatusReport::outputs).orElse(List.of()),
                problems);
    }

    private StackState state(
            Optional<FormedStack> servers, Optional<FormedStack> base, Optional<Release> release, Serving serving) {
        if (running.isPresent()) {
            return StackState.IN_PROGRESS;
        }
        if (servers.isEmpty() || servers.get().isStub()) {
            return withoutServers(base.filter(FormedStack::isFormed), release);
        }
        FormedStack formed = servers.get();
        if (!formed.isUpdatable()) {
            return stuck(formed);
        }
        return serving == Serving.UP && formed.status().equals("UPDATE_ROLLBACK_COMPLETE")
                ? StackState.ROLLED_BACK
                : ofServing(serving);
    }

    private StackState withoutServers(Optional<FormedStack> base, Optional<Release> release) {
        if (base.isEmpty()) {
            return StackState.PLANNED;
        }
        if (!base.get().isUpdatable()) {
            return stuck(base.get());
        }
        if (release.isEmpty() && isAdopted(base.get())) {
            return StackState.ADOPTED;
        }
        problems.add(new Problem(
                stack.text(),
                "its images and logs have their place, and there are no servers",
                "run upkeep apply to go on, or upkeep destroy"));
        return StackState.INTERRUPTED;
    }

    /** That was the last thing that was done with it: no apply has changed it since. */
    private boolean isAdopted(FormedStack base) {
        return hasSucceeded(base) && aws.formation().latestOperation(base.id()).isAdoption();
    }

    private static boolean hasSucceeded(FormedStack formed) {
        return formed.status().endsWith("_COMPLETE") && !formed.status().contains("ROLLBACK");
    }

    private StackState stuck(FormedStack formed) {
        problems.add(new Problem(stack.text(), "CloudFormation: " + formed.status(), WaysOut.of(formed)));
        return formed.status().equals("DELETE_FAILED") ? StackState.DELETE_FAILED : StackState.ROLLBACK_FAILED;
    }

    private static StackState ofServing(Serving serving) {
        return switch (serving) {
            case UP, UNKNOWN -> StackState.RUNNING;
            case DEGRADED -> StackState.DEGRADED;
            case DOWN -> StackState.DOWN;
        };
    }

    private List<Instance> instances(FormedStack formed, Optional<Release> release) {
        Map<String, Groups.Target> targets = formed.output(ServerStack.TARGET_GROUP)
                .map(aws.groups()::targets)
                .orElse(Map.of());
        boolean balanced = formed.output(ServerStack.TARGET_GROUP).isPresent();
        Optional<Groups.Group> group = formed.output(ServerStack.GROUP).flatMap(aws.groups()::find);
        if (formed.isUpdatable()) {
            count(formed, group);
        }
        List<Instance> instances = new ArrayList<>();
        for (Groups.Member member : group.map(Groups.Group::members).orElse(List.of())) {
            Optional<Groups.Target> target = Optional.ofNullable(targets.get(member.id()));
            InstanceHealth health = balanced ? health(member, target) : InstanceHealth.UNKNOWN;
            String fault = target.filter(each -> health == InstanceHealth.NOT_READY)
                    .map(Groups.Target::reason)
                    .orElse("");
            instances.add(new Instance(
                    InstanceId.of(member.id()),
                    member.zone(),
                    Optional.empty(),
                    release.orElseGet(ReleaseParameter::nothing),
                    health,
                    member.lifecycle().equals("InService") ? Rotation.IN : Rotation.DRAINED,
                    fault));
        }
        return instances;
    }

    private List<Instance> asked(List<Instance> instances) throws InterruptedException {
        List<Instance> found = instances;
        if (shell.isPresent()) {
            AskedInstances question = new AskedInstances(shell.get());
            found = question.ask(instances);
            problems.addAll(question.problems());
        }
        for (Instance instance : found) {
            if (!instance.fault().isEmpty()) {
                problems.add(
                        new Problem("instance " + instance.id(), instance.fault(), "upkeep check says what users get"));
            }
        }
        return found;
    }

    /** CloudFormation does not notice when somebody removes or empties the group. */
    private void count(FormedStack formed, Optional<Groups.Group> group) {
        String name = "group " + formed.output(ServerStack.GROUP).orElse("");
        if (group.isEmpty()) {
            missing = 1;
            problems.add(new Problem(
                    name,
                    "is gone, though CloudFormation has not removed it",
                    "upkeep destroy removes the rest, then upkeep apply makes all anew"));
            return;
        }
        int found = group.get().members().size();
        int wanted = group.get().capacity();
        missing = Math.max(0, Math.max(1, wanted) - found);
        if (missing > 0) {
            problems.add(new Problem(
                    name,
                    "has " + found + " of " + wanted + " instances",
                    "aws autoscaling describe-scaling-activities says why"));
        }
    }

    private static InstanceHealth health(Groups.Member member, Optional<Groups.Target> target) {
        String state = target.map(Groups.Target::state).orElse("");
        return switch (state) {
            case "healthy" -> InstanceHealth.HEALTHY;
            case "initial" -> InstanceHealth.STARTING;
            case "unhealthy" -> InstanceHealth.NOT_READY;
            default -> member.lifecycle().startsWith("Pending") ? InstanceHealth.STARTING : InstanceHealth.UNKNOWN;
        };
    }

    private Serving serving(List<Instance> instances) {
        if (instances.isEmpty()) {
            return missing > 0 ? Serving.DOWN : Serving.UNKNOWN;
        }
        if (instances.stream().allMatch(instance -> instance.health() == InstanceHealth.UNKNOWN)) {
            return instances.stream().anyMatch(StatusReport::isInService) ? Serving.UNKNOWN : Serving.DOWN;
        }
        long serving = instances.stream().filter(Instance::servesUsers).count();
        if (serving == 0) {
            return Serving.DOWN;
        }
        return serving == instances.size() && missing == 0 ? Serving.UP : Serving.DEGRADED;
    }

    private static boolean isInService(Instance instance) {
        return instance.rotation() == Rotation.IN;
    }

    private Optional<FailedOperation> failure(FormedStack formed) {
        if (running.isPresent() || hasSucceeded(formed)) {
            return Optional.empty();
        }
        StackHistory last = aws.formation().latestOperation(formed.id());
        Operation operation = new Operation(
                formed.id(),
                stack,
                FormationOperations.kind(formed.status(), last),
                "CloudFormation",
                0,
                formed.since());
        return Optional.of(new FailedOperation(
                operation,
                Optional.empty(),
                String.valueOf(new Endings(aws).failure(formed, last).getMessage())));
    }

    /** Where users reach it comes first. */
    private static List<Output> outputs(FormedStack formed) {
        return formed.outputs().entrySet().stream()
                .sorted(Comparator.comparing(entry -> !entry.getKey().equals(ServerStack.URL)))
                .map(entry -> new Output(
                        entry.getKey().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT),
                        entry.getValue().value(),
                        entry.getValue().description()))
                .toList();
    }
}
