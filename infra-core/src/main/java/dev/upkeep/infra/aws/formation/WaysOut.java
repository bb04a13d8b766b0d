package dev.upkeep.infra.aws.formation;

/** What can be done about a stack that cannot be changed, by the state in which an operation has left it. */
public final class WaysOut {

    private WaysOut() {}

    /**
     * The state in words, and the way out.
     *
     * @param stack a stack that cannot be updated
     * @return one sentence
     */
    public static String of(FormedStack stack) {
        String said = stack.reason().isEmpty() ? "" : " (" + stack.reason() + ")";
        return switch (stack.status()) {
            case "ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED" ->
                "its first creation failed" + said + "; remove what is left with upkeep destroy, then apply again";
            case "UPDATE_ROLLBACK_FAILED" ->
                "its last change could not be taken back" + said
                        + "; mend what it names, then run aws cloudformation continue-update-rollback --stack-name "
                        + stack.name();
            case "UPDATE_FAILED" ->
                "its last change failed and was not taken back" + said
                        + "; run aws cloudformation rollback-stack --stack-name " + stack.name();
            case "IMPORT_ROLLBACK_FAILED" ->
                "what it was to adopt could not be let go again" + said
                        + "; run upkeep destroy, which keeps what was adopted, then upkeep adopt again";
            case "DELETE_FAILED" ->
                "it could not be deleted" + said + "; remove what blocks it, then run upkeep destroy again";
            default ->
                stack.isInProgress()
                        ? "CloudFormation is changing it (" + stack.status() + "); wait until that has ended"
                        : "it is in the state " + stack.status() + said + "; upkeep status says more";
        };
    }
}
