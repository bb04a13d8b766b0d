package dev.upkeep.infra.plan;

import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What will be done to a stack, and on what that was computed. What is shown is what is done: if anything that the plan
 * depends on is different when it is started, it is refused.
 *
 * @param stack which stack
 * @param platform the platform it was made for, such as {@code local}
 * @param goal what the stack will be; empty if it will be removed
 * @param created when it was made
 * @param expires when it is too old to be started
 * @param basis what stood when it was made
 * @param changes what will be done, in order; empty if the stack is as wanted
 * @param kept what the platform keeps for it, in words that only the platform understands, until it is started or discarded; empty where
 *     nothing is kept
 * @param monthly what the stack costs a month before and after it; empty where that is not known
 * @param notes what else whoever decides should know, in one sentence each: how long it takes, what is open to whom
 * @param parts what the stack will consist of, changed or not, and what goes on the way there; empty where the platform does not say
 * @param reach where the stack is, and where users reach it
 */
public record Plan(
        StackName stack,
        String platform,
        Optional<Goal> goal,
        Instant created,
        Instant expires,
        Basis basis,
        List<Change> changes,
        List<String> kept,
        Optional<Estimate> monthly,
        List<String> notes,
        List<Part> parts,
        Reach reach) {

    /** How long a plan may be started. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    /**
     * What a change has as the old version of something that runs, and of which no state can be read. No version reads like
     * this: a version has no spaces.
     */
    public static final String UNKNOWN_VERSION = "not known";

    /** Copies the lists. */
    public Plan {
        changes = List.copyOf(changes);
        kept = List.copyOf(kept);
        notes = List.copyOf(notes);
        parts = List.copyOf(parts);
    }

    /**
     * For which the platform keeps nothing, and about which there is nothing else to say.
     *
     * @param stack which stack
     * @param platform the platform it was made for, such as {@code local}
     * @param goal what the stack will be; empty if it will be removed
     * @param created when it was made
     * @param expires when it is too old to be started
     * @param basis what stood when it was made
     * @param changes what will be done, in order; empty if the stack is as wanted
     */
    public Plan(
            StackName stack,
            String platform,
            Optional<Goal> goal,
            Instant created,
            Instant expires,
            Basis basis,
            List<Change> changes) {
        this(
                stack,
                platform,
                goal,
                created,
                expires,
                basis,
                changes,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Reach.NOT_SAID);
    }

    /**
     * What a stack will be.
     *
     * @param spec what the user wants
     * @param release what its instances will serve: the content of the spec's folders, by digest
     */
    public record Goal(StackSpec spec, Release release) {}

    /**
     * Where a stack is, and where users reach it, for whoever starts a plan without the file that it was made of.
     *
     * @param region the region of a cloud; empty on a platform that has none
     * @param url where the version is served to users; empty if that is where the platform says
     */
    public record Reach(Optional<String> region, Optional<URI> url) {

        /** Nothing is said of either. */
        public static final Reach NOT_SAID = new Reach(Optional.empty(), Optional.empty());
    }

    /**
     * For which the platform keeps something.
     *
     * @param kept in words that only the platform understands, in place of those of before
     * @return a new plan
     */
    public Plan keeping(List<String> kept) {
        return new Plan(stack, platform, goal, created, expires, basis, changes, kept, monthly, notes, parts, reach);
    }

    /**
     * With what else should be known.
     *
     * @param notes one sentence each, in place of those of before
     * @return a new plan
     */
    public Plan noting(List<String> notes) {
        return new Plan(stack, platform, goal, created, expires, basis, changes, kept, monthly, notes, parts, reach);
    }

    /**
     * With what the stack will consist of.
     *
     * @param parts in the order in which they are shown, in place of those of before
     * @return a new plan
     */
    public Plan consistingOf(List<Part> parts) {
        return new Plan(stack, platform, goal, created, expires, basis, changes, kept, monthly, notes, parts, reach);
    }

    /**
     * With what the stack costs.
     *
     * @param estimate in place of that of before; empty if it is not known
     * @return a new plan
     */
    public Plan costing(Optional<Estimate> estimate) {
        return new Plan(stack, platform, goal, created, expires, basis, changes, kept, estimate, notes, parts, reach);
    }

    /**
     * Made in a region.
     *
     * @param region of the cloud that the platform works in
     * @return a new plan
     */
    public Plan madeIn(String region) {
        return reaching(new Reach(Optional.of(region), reach.url()));
    }

    /**
     * Whose stack is asked for its version at an address.
     *
     * @param url where the version is served to users; empty if that is where the platform says
     * @return a new plan
     */
    public Plan askedAt(Optional<URI> url) {
        return reaching(new Reach(reach.region(), url));
    }

    private Plan reaching(Reach other) {
        return new Plan(stack, platform, goal, created, expires, basis, changes, kept, monthly, notes, parts, other);
    }

    /**
     * Whether the stack is as wanted.
     *
     * @return true if nothing would be changed
     */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * When it is too old to be started, for people.
     *
     * @return the moment to the second, in UTC
     */
    public Instant expiresAt() {
        return expires.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Checks that it may be started at all: it was made for a platform, and is not too old.
     *
     * @param platform who would start it
     * @param now when
     * @throws StalePlanException if it may not
     */
    public void checkStartable(String platform, Instant now) {
        if (!this.platform.equals(platform)) {
            throw new StalePlanException(stack.text(), List.of("it was made for the platform " + this.platform));
        }
        if (now.isAfter(expires)) {
            throw new StalePlanException(stack.text(), List.of("it expired at " + expiresAt()));
        }
    }

    /**
     * The changes that give a resource an older version than it has, or than it may have: of one that runs without a state that can
     * be read the version is not known.
     *
     * @return one phrase each, such as {@code instance i1: version 1.0.7 -> 1.0.6}; empty if there is none, or if the
     *     versions are no semantic versions
     */
    public List<String> downgrades() {
        return changes.stream()
                .flatMap(change -> change.fields().stream()
                        .filter(field -> field.field().equals("version"))
                        .filter(field ->
                                field.from().equals(UNKNOWN_VERSION) || VersionOrder.isOlder(field.to(), field.from()))
                        .map(field -> change.resource() + ": version " + field.from() + " -> " + field.to()))
                .toList();
    }
}
