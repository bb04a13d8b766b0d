package dev.upkeep.remediation.outside;

/** How users find a host. Only the first two ailments are ever repaired. */
public enum Condition {
    /** It serves what it should, and its application is ready. */
    SERVES,
    /** It serves nobody, and that is known for sure. */
    DOWN,
    /** Its web server answers, and the application behind it does not. */
    NOT_READY,
    /** Something is wrong that no restart mends: another version, a certificate, instances that disagree. */
    OTHER,
    /** Nobody could find out: the network or the name server of whoever asks may be at fault. */
    UNKNOWN;

    /**
     * Whether a repair could help.
     *
     * @return true for {@link #DOWN} and {@link #NOT_READY}
     */
    public boolean isAilment() {
        return this == DOWN || this == NOT_READY;
    }
}
