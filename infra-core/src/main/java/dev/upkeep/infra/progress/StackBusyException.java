package dev.upkeep.infra.progress;

import dev.upkeep.infra.failure.InfraException;

/**
 * Somebody else is changing the stack at this moment. Nothing was changed.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class StackBusyException extends InfraException {

    private final Operation holder;

    /**
     * Says who holds the stack.
     *
     * @param holder the operation that holds the stack
     */
    public StackBusyException(Operation holder) {
        super("Stack " + holder.stack() + " is being changed: " + holder.describe()
                + "; wait for it to end, then try again");
        this.holder = holder;
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
