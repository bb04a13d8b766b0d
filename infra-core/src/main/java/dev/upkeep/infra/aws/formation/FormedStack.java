package dev.upkeep.infra.aws.formation;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A stack as CloudFormation describes it.
 *
 * @param id its ARN, by which it is found even when it is deleted
 * @param name its name
 * @param status such as {@code CREATE_COMPLETE}
 * @param reason why it has that status, empty if CloudFormation says nothing
 * @param since when what it does, or did last, began
 * @param outputs what it says of itself, by name
 * @param tags what it is marked with, by key
 * @param isProtected whether it can be deleted only after its protection is taken away
 */
public record FormedStack(
        String id,
        String name,
        String status,
        String reason,
        Instant since,
        Map<String, Output> outputs,
        Map<String, String> tags,
        boolean isProtected) {

    private static final String NEVER_EXECUTED = "REVIEW_IN_PROGRESS";

    /**
     * What a stack says of itself.
     *
     * @param value of the output
     * @param description as the template has it, empty if it has none
     */
    public record Output(String value, String description) {}

    /** Copies the maps. */
    public FormedStack {
        outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /**
     * Whether it is nothing but a change set that was never executed.
     *
     * @return true for a stub without any resource
     */
    public boolean isStub() {
        return status.equals(NEVER_EXECUTED);
    }

    /**
     * Whether CloudFormation has begun to make it.
     *
     * @return false for a stub
     */
    public boolean isFormed() {
        return !isStub();
    }

    /**
     * Whether CloudFormation is changing it.
     *
     * @return false for a stub
     */
    public boolean isInProgress() {
        return status.endsWith("_IN_PROGRESS") && isFormed();
    }

    /**
     * Whether it has been deleted.
     *
     * @return true if it is found by its id only
     */
    public boolean isDeleted() {
        return status.equals("DELETE_COMPLETE");
    }

    /**
     * Whether it can be changed: it stands, and no operation has left it half done.
     *
     * @return false as well for a stub
     */
    public boolean isUpdatable() {
        return switch (status) {
            case "CREATE_COMPLETE",
                    "UPDATE_COMPLETE",
                    "UPDATE_ROLLBACK_COMPLETE",
                    "IMPORT_COMPLETE",
                    "IMPORT_ROLLBACK_COMPLETE" -> true;
            default -> false;
        };
    }

    /**
     * One of its outputs.
     *
     * @param name of the output
     * @return its value, empty if it has none of that name
     */
    public Optional<String> output(String name) {
        return Optional.ofNullable(outputs.get(name)).map(Output::value);
    }
}
