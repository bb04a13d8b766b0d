package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Replacement;
import java.util.List;

/**
 * What would be done to one resource.
 *
 * @param name its logical id
 * @param type such as {@code AWS::EC2::VPC}
 * @param kind in one word
 * @param replacement whether it would be made anew
 * @param fields the properties that change
 * @param keepsData whether what it holds stays when it goes
 */
public record ResourceStep(
        String name, String type, Kind kind, Replacement replacement, List<FieldChange> fields, boolean keepsData) {

    /** What would be done, in one word. */
    public enum Kind {
        /** It is made. */
        ADD,
        /** It is there already, and belongs to the stack from then on. */
        IMPORT,
        /** It gets other properties. */
        MODIFY,
        /** It is removed. */
        REMOVE
    }

    /** Copies the list. */
    public ResourceStep {
        fields = List.copyOf(fields);
    }

    ResourceStep withFields(List<FieldChange> others) {
        return new ResourceStep(name, type, kind, replacement, others, keepsData);
    }
}
