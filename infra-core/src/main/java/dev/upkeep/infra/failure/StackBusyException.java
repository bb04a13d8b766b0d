package dev.upkeep.infra.failure;

import dev.upkeep.infra.progress.Operation;

/**
 * Somebody else is changing the stack at this moment. Nothing was changed.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class StackBusyException extends InfraException {

    private final String stack;
    private final Operation holder;

    /**
     * Says who holds the stack.
     *
     * @param stack the stack's name
     * @param holder the operation that holds the stack
     */
    public StackBusyException(String stack, Operation holder) {
        super("Stack " + stack + " is being changed: " + holder.describe() + "; wait for it to end, then try again");
        this.stack = stack;
        this.holder = holder;
    }

    /**
     * Which stack is busy.
     *
     * @return the stack's name
     */
    public String stack() {
        return stack;
    }

    /**
     * Who is changing it, and since when.
     *
     * @return the operation that holds the stack
     */
    public Operation holder() {
        return holder;
    }
}
