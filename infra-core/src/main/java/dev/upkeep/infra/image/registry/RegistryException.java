package dev.upkeep.infra.image.registry;

import dev.upkeep.infra.failure.InfraException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A registry did not do what it was asked for. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class RegistryException extends InfraException {

    private final String registry;
    private final OptionalInt status;

    /**
     * Says what went wrong.
     *
     * @param registry host and, if it is not the usual one, port
     * @param status what it answered with, empty if it did not answer
     * @param message what was tried, on what, what was found, what to do next
     * @param cause what made it fail, or null if nothing else did
     */
    public RegistryException(String registry, OptionalInt status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.registry = registry;
        this.status = status;
    }

    /**
     * Which registry was asked.
     *
     * @return host and, if it is not the usual one, port
     */
    public String registry() {
        return registry;
    }

    /**
     * What it answered with.
     *
     * @return the HTTP status, empty if it did not answer
     */
    public OptionalInt status() {
        return status;
    }

    /**
     * Whether the same may succeed a moment later: the connection broke, the registry was overloaded or out of order, or a login
     * expired that has been renewed.
     *
     * @return true if it is worth another try
     */
    public boolean isPassing() {
        return getCause() instanceof Renewed || isPassingWithoutLogin();
    }

    private boolean isPassingWithoutLogin() {
        return status.isEmpty() ? getCause() instanceof BrokenConnection : isPassing(status.getAsInt());
    }

    static boolean isPassing(int status) {
        return status == 429 || status >= 500;
    }

    /** The connection ended in the middle; one that could not be made at all is no such thing. */
    @SuppressWarnings("serial") // thrown and caught within one process, never stored
    static final class BrokenConnection extends InfraException {

        BrokenConnection(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** The login had expired, and there is a new one. */
    @SuppressWarnings("serial") // thrown and caught within one process, never stored
    static final class Renewed extends InfraException {

        Renewed(String message) {
            super(message, null);
        }
    }
}
