package dev.upkeep.infra.progress;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.spec.StackName;
import java.util.Optional;

/**
 * Somebody else is changing the stack at this moment. Nothing was changed.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class StackBusyException extends InfraException {

    private final Optional<Operation> holder;

    /**
     * Says who holds the stack.
     *
     * @param holder the operation that holds the stack
     */
    public StackBusyException(Operation holder) {
        super("Stack " + holder.stack() + " is being changed: " + holder.describe()
                + "; wait for it to end, then try again");
        this.holder = Optional.of(holder);
    }

    /**
     * Says that somebody holds the stack who has not said yet who it is.
     *
     * @param stack the stack
     */
    public StackBusyException(StackName stack) {
        super("Stack " + stack + " is being changed by somebody; wait for it to end, then try again");
        this.holder = Optional.empty();
    }

    /**
     * Who is changing it, and since when.
     *
     * @return the operation that holds the stack, empty if it is not known
     */
    public Optional<Operation> holder() {
        return holder;
    }
}
