package dev.upkeep.infra.failure;

import java.util.List;

/**
 * A plan cannot be started any more: what it was made on changed, or it is too old. Nothing was changed by the refused
 * start.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class StalePlanException extends InfraException {

    private final String stack;
    private final List<String> reasons;

    /**
     * Says what changed.
     *
     * @param stack the stack's name
     * @param reasons what changed after the plan was made, one phrase each, at least one
     */
    public StalePlanException(String stack, List<String> reasons) {
        super("The plan for stack " + stack + " was refused, because it is not true any more: "
                + String.join("; ", reasons) + ". Make a new plan and look at it");
        this.stack = stack;
        this.reasons = List.copyOf(reasons);
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
     * What changed after the plan was made.
     *
     * @return one phrase each, at least one
     */
    public List<String> reasons() {
        return reasons;
    }
}
