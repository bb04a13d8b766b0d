package dev.upkeep.checker.check;

/**
 * Whether redirects are followed. The status of a redirect is accepted only if it is named as accepted.
 *
 * @param maximum how many redirects are followed; zero follows none and reports the target of the first
 * @param scope where to
 */
public record RedirectPolicy(int maximum, Scope scope) {
    /** The most redirects that may be followed. */
    public static final int MAXIMUM = 5;

    /** Follow none: an address that redirects is not the one that serves the version. */
    public static final RedirectPolicy NONE = new RedirectPolicy(0, Scope.SAME_HOST);

    /** Where redirects may lead. */
    public enum Scope {
        /** To the same host name only, on any port, and never from HTTPS back to HTTP. For headers see {@link VersionCheck#headers()}. */
        SAME_HOST,
        /** To any host, but never from HTTPS back to HTTP. For headers see {@link VersionCheck#headers()}. */
        ANY_HOST
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the maximum is negative or above {@link #MAXIMUM}
     */
    public RedirectPolicy {
        if (maximum < 0 || maximum > MAXIMUM) {
            throw new IllegalArgumentException("0 to " + MAXIMUM + " redirects can be followed, not " + maximum);
        }
    }

    /** Follow up to {@link #MAXIMUM} on the same host. */
    public static RedirectPolicy sameHost() {
        return new RedirectPolicy(MAXIMUM, Scope.SAME_HOST);
    }

    /** Follow up to {@link #MAXIMUM}, wherever they lead. */
    public static RedirectPolicy anyHost() {
        return new RedirectPolicy(MAXIMUM, Scope.ANY_HOST);
    }
}
