package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a new group while CloudFormation waits for its instances, of which it says nothing: which of them could not be launched,
 * how far each has come, and why the load balancer does not find it healthy.
 */
final class GroupWatch implements Follower.Onlooker {

    private static final Logger LOG = LoggerFactory.getLogger(GroupWatch.class);

    private final Groups groups;
    private final Reporter report;
    private final Map<String, String> told = new HashMap<>();
    private final Set<String> failures = new HashSet<>();

    GroupWatch(Groups groups, Reporter report) {
        this.groups = groups;
        this.report = report;
    }

    /** Tells what is new. What cannot be asked is left out: the operation does not depend on it. */
    @Override
    public void look(FormedStack stack, StackHistory happened) {
        Optional<String> group = happened.newGroup().filter(name -> happened.waitsForGroup());
        if (group.isEmpty()) {
            return;
        }
        try {
            launches(group.get(), happened);
            instances(group.get(), stack.output(ServerStack.TARGET_GROUP).or(happened::newTargetGroup));
        } catch (AwsException e) {
            LOG.debug("Could not look at the group {}", group.get(), e);
        }
    }

    private void launches(String group, StackHistory happened) {
        groups.failedLaunches(group, happened.events().get(0).at()).forEach(message -> {
            if (failures.add(message)) {
                report.tell(ServerStack.GROUP, EventKind.NOTICE, "Auto Scaling: " + message);
            }
        });
    }

    private void instances(String group, Optional<String> targetGroup) {
        Map<String, Groups.Target> targets = targetGroup.map(groups::targets).orElse(Map.of());
        for (Groups.Member member :
                groups.find(group).map(Groups.Group::members).orElse(List.of())) {
            String state = state(member, Optional.ofNullable(targets.get(member.id())));
            if (!state.equals(told.put(member.id(), state))) {
                report.tell(ServerStack.GROUP, EventKind.STEP, "instance " + member.id() + ": " + state);
            }
        }
    }

    private static String state(Groups.Member member, Optional<Groups.Target> target) {
        return member.lifecycle()
                + target.map(each -> ", the load balancer finds it " + each.state()
                                + (each.reason().isEmpty() ? "" : " (" + each.reason() + ")"))
                        .orElse("");
    }
}
