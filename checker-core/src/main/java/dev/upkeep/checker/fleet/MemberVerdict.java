package dev.upkeep.checker.fleet;

import dev.upkeep.checker.verdict.Verdict;

/**
 * What one place of a fleet said.
 *
 * @param name {@code edge}, or the origin's name or address
 * @param role which kind of place it is
 * @param verdict what it said
 */
public record MemberVerdict(String name, Role role, Verdict verdict) {

    /** The kinds of places. */
    public enum Role {
        /** What users reach. */
        EDGE,
        /** One instance behind the edge. */
        ORIGIN
    }
}
