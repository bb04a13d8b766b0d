package dev.upkeep.checker.verdict;

/**
 * What a check concludes. {@link Verdict} gives the facts behind it. For one place it follows from the {@link Reason}, which has its
 * {@linkplain Reason#status() status}; for several, from the rules of {@code FleetVerdict}. Both are decided in {@code StatusDecision}.
 */
public enum Status {
    /** Reached, trusted, serves the expected version, and is ready if that was asked. */
    UP,
    /** Answers as it should, but with another version. Never a reason to restart anything. */
    STALE,
    /** Only of several places: they answer, but do not agree on a version. */
    MIXED,
    /** Only of several places: some fail while others serve. */
    DEGRADED,
    /** Does not answer as it should, or is not ready. */
    DOWN,
    /** Could not be measured, because the fault lies on our side. Must never be shown as good. */
    UNKNOWN
}
