package dev.upkeep.checker.decision;

import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Evidence;
import dev.upkeep.checker.verdict.Readiness;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.verdict.Warning;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.checker.version.Reading;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides every status that the checker reports, in three steps: for the body of a reply, for one place, and for several places together.
 * Which status a failure leads to is the {@link Reason}'s own.
 */
public final class StatusDecision {
    /** The most characters of a body that a message shows. */
    private static final int LONGEST_EXCERPT = 60;

    private static final String NOT_SEMANTIC =
            ": it is no semantic version (three numbers without leading zeros, as 1.2.0), and so lies in no range";

    private StatusDecision() {}

    /**
     * Concludes an attempt from the body of a proper reply: it holds the expected version; or another one, which is {@code STALE}
     * ({@link Reason#VERSION_DIFFERS}, or {@link Reason#VERSION_NOT_SEMANTIC} where a range is expected); or none at all, which is
     * {@code DOWN} ({@link Reason#VERSION_UNREADABLE}).
     */
    public static Attempt ofBody(Attempt.Builder attempt, ExpectedVersion expected, String body) {
        Reading reading = expected.read(body);
        if (reading instanceof Reading.Expected it) {
            return attempt.served(it.version());
        }
        if (reading instanceof Reading.Other it) {
            return attempt.servedOther(it.version(), Reason.VERSION_DIFFERS, differs(it.version(), expected));
        }
        if (reading instanceof Reading.NotSemantic it) {
            return attempt.servedOther(
                    it.version(), Reason.VERSION_NOT_SEMANTIC, differs(it.version(), expected) + NOT_SEMANTIC);
        }
        return attempt.failed(
                Reason.VERSION_UNREADABLE, "expected is " + expected.description() + ", but the body " + excerpt(body));
    }

    private static String differs(String version, ExpectedVersion expected) {
        return "serves " + version + ", expected is " + expected.description();
    }

    /** Enough to tell an error page from a login page or another file. */
    private static String excerpt(String body) {
        String text = body.strip().replaceAll("\\s+", " ");
        if (text.isEmpty()) {
            return "is empty";
        }
        return text.length() <= LONGEST_EXCERPT
                ? "is \"" + text + '"'
                : "begins with \"" + text.substring(0, LONGEST_EXCERPT) + '"';
    }

    /**
     * Concludes the verdict on one place. The first of these rules that fits gives the status:
     *
     * <ol>
     *   <li>the last attempt read no version: the status of its reason, {@code DOWN} or {@code UNKNOWN}
     *   <li>{@code DOWN}: a readiness path did not answer with 2xx. This comes before {@code STALE}, because users get errors
     *   <li>{@code STALE}: another version is served than the expected one
     *   <li>{@code UNKNOWN}: a readiness path could not be asked, for a reason on our side
     *   <li>{@code UP}
     * </ol>
     *
     * @param evidence with at least one attempt
     * @param warnings of a place that is up or stale
     */
    public static Verdict ofPlace(Evidence evidence, List<Warning> warnings) {
        Attempt last = evidence.attempts().get(evidence.attempts().size() - 1);
        Optional<Reason> failure = last.reason().filter(reason -> reason.status() != Status.STALE);
        if (failure.isPresent()) {
            return failed(evidence, failure.get(), last.detail());
        }
        Optional<Readiness> notReady = failing(evidence, Status.DOWN);
        if (notReady.isPresent()) {
            return new Verdict.Down(evidence, Reason.NOT_READY, answer(notReady.get()));
        }
        String version = last.version().orElse("");
        if (last.reason().isPresent()) {
            return new Verdict.Stale(evidence, version, warnings);
        }
        return failing(evidence, Status.UNKNOWN)
                .<Verdict>map(notAsked ->
                        new Verdict.Unknown(evidence, notAsked.last().reason().orElseThrow(), answer(notAsked)))
                .orElseGet(() -> new Verdict.Up(evidence, version, warnings));
    }

    private static Verdict failed(Evidence evidence, Reason reason, String detail) {
        return reason.status() == Status.UNKNOWN
                ? new Verdict.Unknown(evidence, reason, detail)
                : new Verdict.Down(evidence, reason, detail);
    }

    private static Optional<Readiness> failing(Evidence evidence, Status status) {
        return evidence.readiness().stream()
                .filter(readiness -> readiness
                        .last()
                        .reason()
                        .filter(reason -> reason.status() == status)
                        .isPresent())
                .findFirst();
    }

    /** The path, and what was answered or went wrong there. */
    private static String answer(Readiness readiness) {
        Attempt last = readiness.last();
        Reason reason = last.reason().orElseThrow();
        boolean answered = reason == Reason.STATUS_NOT_ACCEPTED && last.reply().isPresent();
        return answered
                ? readiness.path() + " answered with status "
                        + last.reply().orElseThrow().status()
                : readiness.path() + ": " + reason.meaning() + " (" + last.detail() + ")";
    }

    /**
     * Concludes the status of several places together. The first of these rules that fits gives the status:
     *
     * <ol>
     *   <li>{@code DOWN}: users get no proper answer. The edge is down; or no edge is asked and every instance is down; or no instance
     *       is ready
     *   <li>{@code DEGRADED}: an instance is down
     *   <li>{@code MIXED}: the instances do not agree on a version
     *   <li>{@code STALE}: the edge or an instance is. A stale edge before right instances is an old copy in a cache
     *   <li>{@code UNKNOWN}: some place could not be measured
     *   <li>{@code UP}
     * </ol>
     *
     * @param edge what users reach; empty if it was not asked
     * @param instances what stands behind it; may be empty if there is an edge
     */
    public static Status ofPlaces(Optional<Verdict> edge, List<Verdict> instances) {
        if (isDown(edge, instances)) {
            return Status.DOWN;
        }
        if (instances.stream().anyMatch(instance -> instance.status() == Status.DOWN)) {
            return Status.DEGRADED;
        }
        if (instances.stream()
                        .flatMap(instance -> instance.servedVersion().stream())
                        .collect(Collectors.toSet())
                        .size()
                > 1) {
            return Status.MIXED;
        }
        List<Status> all = Stream.concat(edge.stream(), instances.stream())
                .map(Verdict::status)
                .toList();
        if (all.contains(Status.STALE)) {
            return Status.STALE;
        }
        return all.contains(Status.UNKNOWN) ? Status.UNKNOWN : Status.UP;
    }

    private static boolean isDown(Optional<Verdict> edge, List<Verdict> instances) {
        if (edge.isPresent() && edge.get().status() == Status.DOWN) {
            return true;
        }
        boolean noneServes =
                edge.isEmpty() && instances.stream().allMatch(instance -> instance.status() == Status.DOWN);
        return noneServes || noneIsReady(instances);
    }

    /** Those that are not in service say nothing of what users get. */
    private static boolean noneIsReady(List<Verdict> instances) {
        List<Verdict> there = instances.stream()
                .filter(instance -> !isFor(Reason.NOT_IN_SERVICE, instance))
                .toList();
        return !there.isEmpty() && there.stream().allMatch(instance -> isFor(Reason.NOT_READY, instance));
    }

    private static boolean isFor(Reason reason, Verdict instance) {
        return instance.reason().filter(reason::equals).isPresent();
    }
}
