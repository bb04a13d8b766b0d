package dev.upkeep.infra.failure;

import java.util.List;

/**
 * The stack, or the instance in it, does not exist. Nothing was changed.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class UnknownInstanceException extends InfraException {

    private final String stack;
    private final String instance;
    private final List<String> known;

    /**
     * Says which instances there are.
     *
     * @param stack the stack's name
     * @param instance the instance that was asked for
     * @param known the ids that exist, empty if the stack does not exist
     */
    public UnknownInstanceException(String stack, String instance, List<String> known) {
        super("Looked for instance " + instance + " in stack " + stack + ", found "
                + (known.isEmpty() ? "no such stack; apply it first" : "only " + String.join(", ", known)));
        this.stack = stack;
        this.instance = instance;
        this.known = List.copyOf(known);
    }

    /**
     * Which stack was asked for.
     *
     * @return the stack's name
     */
    public String stack() {
        return stack;
    }

    /**
     * Which instance was asked for.
     *
     * @return the instance that was asked for
     */
    public String instance() {
        return instance;
    }

    /**
     * Which instances exist.
     *
     * @return the ids that exist, empty if the stack does not exist
     */
    public List<String> known() {
        return known;
    }
}
