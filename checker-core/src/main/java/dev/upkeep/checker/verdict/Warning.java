package dev.upkeep.checker.verdict;

/**
 * Something that is fine today and will not stay so. The target counts as up all the same.
 *
 * @param kind what it is about
 * @param message for people, with the numbers in it
 */
public record Warning(Kind kind, String message) {

    /** What a warning is about. */
    public enum Kind {
        /** The certificate, or one on the path to the authority, ends within the days that the check asks for. */
        CERTIFICATE_EXPIRES_SOON,
        /** Our clock and the server's are more than a minute apart, so that statements about validity are in doubt. */
        CLOCK_SKEW
    }
}
