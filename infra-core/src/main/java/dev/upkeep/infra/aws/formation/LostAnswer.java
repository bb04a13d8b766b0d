package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.aws.client.AwsAdvice;
import dev.upkeep.infra.failure.AwsException;
import java.util.Set;

/**
 * The answer to a call may get lost although the call was carried out. The SDK then makes it again, and the second one is refused because of the first.
 */
final class LostAnswer {

    /** What CloudFormation says where something cannot be done a second time. */
    private static final Set<String> REFUSED_TWICE =
            Set.of("AlreadyExistsException", "InvalidChangeSetStatus", "TokenAlreadyExistsException");

    private LostAnswer() {}

    /**
     * Whether it has to be looked what became of a call.
     *
     * @param failure how it ended
     * @return false if it was certainly not carried out
     */
    static boolean isPossible(AwsException failure) {
        return REFUSED_TWICE.contains(failure.code()) || AwsAdvice.isTransient(failure);
    }
}
