package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.plan.FieldChange;
import java.util.List;

/**
 * How a resource was found, compared with the template of its stack.
 *
 * @param name its logical id
 * @param type such as {@code AWS::EC2::VPC}
 * @param state in one word
 * @param fields the properties that differ, from what the template says to what was found
 */
public record ResourceDrift(String name, String type, State state, List<FieldChange> fields) {

    /** How it was found, in one word. */
    public enum State {
        /** As the template says, in all properties that the template names. */
        AS_DESCRIBED,
        /** With other properties. */
        MODIFIED,
        /** It is gone. */
        DELETED,
        /** CloudFormation could not compare it. */
        UNCHECKED
    }

    /** Copies the list. */
    public ResourceDrift {
        fields = List.copyOf(fields);
    }
}
