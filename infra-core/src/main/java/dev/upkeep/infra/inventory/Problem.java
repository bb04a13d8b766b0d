package dev.upkeep.infra.inventory;

/**
 * Something about a stack that is not as it should be.
 *
 * @param resource what is wrong, such as {@code instance i1} or {@code edge}; the stack's name when it concerns all of it
 * @param message what is wrong, in one phrase for people
 * @param next what to do about it
 */
public record Problem(String resource, String message, String next) {

    /**
     * The problem in one line, without the next step.
     *
     * @return resource and message
     */
    public String describe() {
        return resource + ": " + message;
    }
}
