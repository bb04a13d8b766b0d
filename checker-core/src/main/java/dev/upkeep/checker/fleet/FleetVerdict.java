package dev.upkeep.checker.fleet;

import dev.upkeep.checker.decision.StatusDecision;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of checking a fleet. The first of these rules that fits gives the status:
 *
 * <ol>
 *   <li>{@code DOWN}: users get no proper answer. The edge is down; or no edge is asked and every origin is down; or no origin is ready
 *   <li>{@code DEGRADED}: an origin is down or not ready
 *   <li>{@code MIXED}: the origins do not agree on a version
 *   <li>{@code STALE}: the edge or an origin serves another version than the expected one. A stale edge before right origins is an
 *       old copy in a cache
 *   <li>{@code UNKNOWN}: some place could not be measured
 *   <li>{@code UP}
 * </ol>
 *
 * @param startedAt when the check began, by the wall clock
 * @param took from beginning to end by the monotonic clock
 * @param members the edge first, then the origins in their order
 */
public record FleetVerdict(Instant startedAt, Duration took, List<MemberVerdict> members) {
    /**
     * Copies the members.
     *
     * @throws IllegalArgumentException if there are none
     */
    public FleetVerdict {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a fleet without members has no verdict");
        }
    }

    /** The status of the fleet, by the rules above. */
    public Status status() {
        return StatusDecision.ofPlaces(
                edge(), origins().map(MemberVerdict::verdict).toList());
    }

    /** What the edge said; empty if it was not asked. */
    public Optional<Verdict> edge() {
        return members.stream()
                .filter(member -> member.role() == Role.EDGE)
                .map(MemberVerdict::verdict)
                .findFirst();
    }

    /** Whether users get an old copy although every origin serves the expected version. */
    public boolean isStaleAtTheEdge() {
        return edgeIs(Status.STALE)
                && origins().findAny().isPresent()
                && origins().allMatch(origin -> is(origin, Status.UP));
    }

    /** The versions that the origins serve, sorted as text; those of origins from which none was read are not known. */
    public SortedSet<String> originVersions() {
        return origins()
                .flatMap(origin -> origin.verdict().servedVersion().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The members that are not up, in order. */
    public List<MemberVerdict> troubled() {
        return members.stream().filter(member -> !is(member, Status.UP)).toList();
    }

    /** Whether anything gives a {@linkplain Verdict#warnings() warning}. */
    public boolean hasWarnings() {
        return members.stream().anyMatch(member -> !member.verdict().warnings().isEmpty());
    }

    private Stream<MemberVerdict> origins() {
        return members.stream().filter(member -> member.role() == Role.ORIGIN);
    }

    private boolean edgeIs(Status status) {
        return edge().filter(verdict -> verdict.status() == status).isPresent();
    }

    private static boolean is(MemberVerdict member, Status status) {
        return member.verdict().status() == status;
    }
}
