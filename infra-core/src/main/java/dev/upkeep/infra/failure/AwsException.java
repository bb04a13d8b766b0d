package dev.upkeep.infra.failure;

import org.jspecify.annotations.Nullable;

/** AWS could not be asked, or did not do what it was asked for. What was begun there goes on or not, as its own state says. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class AwsException extends InfraException {

    private final String code;

    /**
     * Says what was tried.
     *
     * @param tried in a phrase that follows "Tried to"
     * @param found what came of it
     * @param next what to do
     * @param code the error code of AWS, empty if it gave none
     * @param cause what the SDK threw, or null if the answer itself was wrong
     */
    public AwsException(String tried, String found, String next, String code, @Nullable Throwable cause) {
        super("Tried to " + tried + ": " + found + "; " + next, cause);
        this.code = code;
    }

    /**
     * The error code of AWS.
     *
     * @return such as {@code AccessDenied}, empty if it gave none
     */
    public String code() {
        return code;
    }
}
