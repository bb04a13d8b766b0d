package dev.upkeep.infra.failure;

/**
 * The stack changed after the plan was made. Nothing was changed by the refused apply.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class StalePlanException extends InfraException {

    private final String stack;
    private final String planned;
    private final String found;

    /**
     * Says which fingerprints differ.
     *
     * @param stack the stack's name
     * @param planned the fingerprint that the plan carries
     * @param found the fingerprint of the stack as it is now
     */
    public StalePlanException(String stack, String planned, String found) {
        super("Apply of stack " + stack + " refused: the plan was made on state " + planned + " but the state is now "
                + found + "; make a new plan and look at it");
        this.stack = stack;
        this.planned = planned;
        this.found = found;
    }

    /**
     * Which stack the plan was for.
     *
     * @return the stack's name
     */
    public String stack() {
        return stack;
    }

    /**
     * What the plan was computed on.
     *
     * @return the fingerprint that the plan carries
     */
    public String planned() {
        return planned;
    }

    /**
     * What was found instead.
     *
     * @return the fingerprint of the stack as it is now
     */
    public String found() {
        return found;
    }
}
