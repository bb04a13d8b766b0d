package dev.upkeep.infra.inventory;

import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.StackName;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One stack as it was found.
 *
 * @param stack its name
 * @param state its state in one word
 * @param serving whether it serves users, whatever its state
 * @param edge where users reach it, if it has been given an address
 * @param deployed what was rolled out to all of it last; empty if that has not happened yet
 * @param instances its instances, in order of their ids
 * @param missing how many more the platform should have, and has not even begun to start
 * @param operation the operation in progress or interrupted, if there is one
 * @param failure the last operation, if it failed
 * @param outputs what whoever uses it has to know
 * @param problems what is not as it should be; empty if all is well
 */
public record StackStatus(
        StackName stack,
        StackState state,
        Serving serving,
        Optional<URI> edge,
        Optional<Release> deployed,
        List<Instance> instances,
        int missing,
        Optional<Operation> operation,
        Optional<FailedOperation> failure,
        List<Output> outputs,
        List<Problem> problems) {

    /** Copies the lists. */
    public StackStatus {
        instances = List.copyOf(instances);
        outputs = List.copyOf(outputs);
        problems = List.copyOf(problems);
    }

    /**
     * The status of a stack of which nothing exists.
     *
     * @param stack its name
     * @return a status with state {@link StackState#ABSENT}
     */
    public static StackStatus absent(StackName stack) {
        return new StackStatus(
                stack,
                StackState.ABSENT,
                Serving.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
