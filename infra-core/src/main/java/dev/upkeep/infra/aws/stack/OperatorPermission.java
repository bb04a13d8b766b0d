package dev.upkeep.infra.aws.stack;

import java.util.List;
import java.util.Map;

/**
 * Something that whoever runs Upkeep has to be allowed: each of the actions on each of the resources. Immutable.
 *
 * @param actions of IAM, each by its whole name, such as {@code ec2:CreateVpc}
 * @param resources ARNs in which a star stands for what nobody knows beforehand, or {@code *}
 * @param context what the calls are known to carry along, by the condition keys of IAM, such as {@code iam:PassedToService}
 */
public record OperatorPermission(List<String> actions, List<String> resources, Map<String, String> context) {

    /** Copies. */
    public OperatorPermission {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        context = Map.copyOf(context);
    }
}
