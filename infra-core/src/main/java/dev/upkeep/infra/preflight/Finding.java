package dev.upkeep.infra.preflight;

/**
 * One thing that was looked at.
 *
 * @param grade how it was found
 * @param text what was looked at and found, in one line for people
 * @param next what to do about it, empty if nothing
 * @param pointer where in the configuration file, as a JSON pointer such as {@code /site}; empty if it is not about the
 *     file
 */
public record Finding(Grade grade, String text, String next, String pointer) {

    /** How something was found. */
    public enum Grade {
        /** As it should be. */
        OK,
        /** It works, but is worth knowing. */
        NOTE,
        /** It could not be looked at, so that it may be well or not. */
        UNKNOWN,
        /** Something will not work. */
        PROBLEM
    }

    /**
     * Something that is as it should be.
     *
     * @param text what was found
     * @return the finding
     */
    public static Finding ok(String text) {
        return new Finding(Grade.OK, text, "", "");
    }

    /**
     * Something that works, but is worth knowing.
     *
     * @param text what was found
     * @param next what to do about it
     * @return the finding
     */
    public static Finding note(String text, String next) {
        return new Finding(Grade.NOTE, text, next, "");
    }

    /**
     * Something that could not be looked at.
     *
     * @param what was to be looked at, and why that could not be
     * @param next what to do about it
     * @return the finding
     */
    public static Finding unknown(String what, String next) {
        return new Finding(Grade.UNKNOWN, "not checked: " + what, next, "");
    }

    /**
     * Something that will not work.
     *
     * @param text what was found
     * @param next what to do about it
     * @return the finding
     */
    public static Finding problem(String text, String next) {
        return new Finding(Grade.PROBLEM, text, next, "");
    }

    /**
     * The same finding about a place in the configuration file.
     *
     * @param place a JSON pointer
     * @return a new finding
     */
    public Finding at(String place) {
        return new Finding(grade, text, next, place);
    }
}
