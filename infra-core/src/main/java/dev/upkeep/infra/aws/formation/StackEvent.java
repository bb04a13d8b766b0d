package dev.upkeep.infra.aws.formation;

import java.time.Instant;
import java.util.Set;

/**
 * One thing that happened to a stack or to one of its resources.
 *
 * @param id tells it from all others of the stack
 * @param at when
 * @param resource the logical id; the stack's name where it is the stack itself
 * @param physicalId what AWS calls it, such as {@code vpc-0a1b}; empty as long as it is not made
 * @param type such as {@code AWS::EC2::VPC}
 * @param status such as {@code CREATE_COMPLETE}
 * @param reason why, empty if CloudFormation says nothing
 * @param ofStack whether it happened to the stack itself
 */
public record StackEvent(
        String id,
        Instant at,
        String resource,
        String physicalId,
        String type,
        String status,
        String reason,
        boolean ofStack) {

    private static final Set<String> BEGINNINGS =
            Set.of("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "IMPORT_IN_PROGRESS");

    /** In the reason of a deletion that nobody asked for now: a creation was to be undone if it failed. */
    private static final String UNDOES_CREATION = "failed to create";

    /**
     * Whether an operation on the stack begins with it. What is rolled back or cleaned up belongs to the operation before, and so does the deletion of
     * what could not be created.
     *
     * @return true for an event of the stack itself
     */
    public boolean beginsOperation() {
        return ofStack && BEGINNINGS.contains(status) && !reason.contains(UNDOES_CREATION);
    }

    /**
     * Whether something failed by itself, not because something else did.
     *
     * @return false for what was cancelled
     */
    public boolean isOwnFailure() {
        return status.endsWith("_FAILED") && !ofStack && !reason.contains("cancelled");
    }
}
