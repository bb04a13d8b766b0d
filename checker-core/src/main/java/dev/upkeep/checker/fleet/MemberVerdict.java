package dev.upkeep.checker.fleet;

import dev.upkeep.checker.verdict.Verdict;
import java.util.Optional;

/**
 * What one place of a fleet said.
 *
 * @param name {@code edge}, or the origin's name or address
 * @param role which kind of place it is
 * @param verdict what it said
 * @param way how it was asked, if not by a connection from here: see {@link RemoteOrigins#way}
 */
public record MemberVerdict(String name, Role role, Verdict verdict, Optional<String> way) {

    /** What a place said over a connection from here. */
    public MemberVerdict(String name, Role role, Verdict verdict) {
        this(name, role, verdict, Optional.empty());
    }

    /** The kinds of places. */
    public enum Role {
        /** What users reach. */
        EDGE,
        /** One instance behind the edge. */
        ORIGIN
    }
}
