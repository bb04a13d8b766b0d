package dev.upkeep.infra.failure;

/**
 * What was asked for would harm the stack or makes no sense for its shape. Nothing was changed.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class OperationRefusedException extends InfraException {

    private final String stack;
    private final String reason;

    /**
     * Says why.
     *
     * @param stack the stack's name
     * @param reason why it is refused and what to do instead
     */
    public OperationRefusedException(String stack, String reason) {
        super("Refused on stack " + stack + ": " + reason);
        this.stack = stack;
        this.reason = reason;
    }

    /**
     * Which stack was meant.
     *
     * @return the stack's name
     */
    public String stack() {
        return stack;
    }

    /**
     * Why it was refused.
     *
     * @return why it is refused and what to do instead
     */
    public String reason() {
        return reason;
    }
}
