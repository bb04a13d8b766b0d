package dev.upkeep.infra.failure;

import org.jspecify.annotations.Nullable;

/** An operation failed by a defect, or it ran in another process and only its message is known here. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class OperationFailedException extends InfraException {

    private final String stack;

    /**
     * Says what went wrong.
     *
     * @param stack the stack's name
     * @param message what was tried, on what, what was found, what to do next
     * @param cause what made it fail, or null if it is not known here
     */
    public OperationFailedException(String stack, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.stack = stack;
    }

    /**
     * Which stack was changed.
     *
     * @return the stack's name
     */
    public String stack() {
        return stack;
    }
}
