package dev.upkeep.infra.plan;

/**
 * What users notice of a change.
 *
 * @param level how much
 * @param sentence why, in one phrase for people
 */
public record Impact(Level level, String sentence) {

    /** How much users notice. */
    public enum Level {
        /** Nothing. */
        NONE,
        /** Some requests may fail. */
        POSSIBLE_ERRORS,
        /** Nobody is served for a while. */
        DOWNTIME
    }

    /**
     * Users notice nothing.
     *
     * @param why one phrase
     * @return the impact
     */
    public static Impact none(String why) {
        return new Impact(Level.NONE, why);
    }

    /**
     * Some requests may fail.
     *
     * @param why one phrase
     * @return the impact
     */
    public static Impact possibleErrors(String why) {
        return new Impact(Level.POSSIBLE_ERRORS, why);
    }

    /**
     * Nobody is served for a while.
     *
     * @param why one phrase
     * @return the impact
     */
    public static Impact downtime(String why) {
        return new Impact(Level.DOWNTIME, why);
    }
}
