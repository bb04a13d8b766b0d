package dev.upkeep.infra.failure;

import org.jspecify.annotations.Nullable;

/**
 * The root of what this module throws: something that the caller could not plan for.
 *
 * <p>Each message says what was tried, on what, what was found, and what to do next. The facts are accessors of the
 * subclasses; no caller needs to parse a message.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public abstract class InfraException extends RuntimeException {

    /**
     * For subclasses.
     *
     * @param message what was tried, on what, what was found, what to do next
     */
    protected InfraException(String message) {
        super(message);
    }

    /**
     * For subclasses that have a cause.
     *
     * @param message what was tried, on what, what was found, what to do next
     * @param cause what made it fail, or null if nothing else did
     */
    protected InfraException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
