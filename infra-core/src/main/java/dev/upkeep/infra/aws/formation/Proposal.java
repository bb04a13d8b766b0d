package dev.upkeep.infra.aws.formation;

import java.util.List;

/**
 * A change set: what CloudFormation would do to bring a stack to a template.
 *
 * @param id its ARN
 * @param stackId the ARN of the stack, which may be a stub that was made for it
 * @param creates whether the stack does not stand yet
 * @param changes what would be done to each resource, as CloudFormation orders them
 */
public record Proposal(String id, String stackId, boolean creates, List<ResourceStep> changes) {

    /** Copies the list. */
    public Proposal {
        changes = List.copyOf(changes);
    }

    Proposal withChanges(List<ResourceStep> others) {
        return new Proposal(id, stackId, creates, others);
    }
}
