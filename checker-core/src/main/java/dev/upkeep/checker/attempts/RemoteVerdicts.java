package dev.upkeep.checker.attempts;

import dev.upkeep.checker.check.StatusSet;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.decision.StatusDecision;
import dev.upkeep.checker.fleet.RemoteAnswer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Evidence;
import dev.upkeep.checker.verdict.PhaseTimes;
import dev.upkeep.checker.verdict.Readiness;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Reply;
import dev.upkeep.checker.verdict.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The verdicts on places that others asked: one attempt for each question, concluded by the same rules as those of this machine. */
public final class RemoteVerdicts {
    private static final int SMALLEST_REDIRECT = 300;
    private static final int SMALLEST_REFUSAL = 400;

    private final VersionCheck check;
    private final Instant startedAt;

    /**
     * Verdicts on places that were asked the same.
     *
     * @param check what they were asked
     * @param startedAt when, by the wall clock
     */
    public RemoteVerdicts(VersionCheck check, Instant startedAt) {
        this.check = check;
        this.startedAt = startedAt;
    }

    /** What is asked for: the path of the version, then those of readiness. */
    public static List<String> questions(VersionCheck check) {
        List<String> paths = new ArrayList<>();
        paths.add(path(check.uri()));
        check.readinessPaths()
                .forEach(path -> paths.add(path(check.readinessAt(path).uri())));
        return paths;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** The verdict on one place. */
    public Verdict of(RemoteAnswer answer) {
        if (answer instanceof RemoteAnswer.NotAsked notAsked) {
            return new Verdict.Unknown(unasked(), Reason.NOT_ASKED, notAsked.why());
        }
        if (answer instanceof RemoteAnswer.NotInService missing) {
            return new Verdict.Down(unasked(), Reason.NOT_IN_SERVICE, missing.why());
        }
        List<RemoteAnswer.Reply> replies = ((RemoteAnswer.Asked) answer).replies();
        Attempt version = version(replies.get(0));
        List<Readiness> readiness = new ArrayList<>();
        Duration took = replies.get(0).took();
        if (version.version().isPresent()) {
            for (int i = 1; i < replies.size(); i++) {
                URI target =
                        check.readinessAt(check.readinessPaths().get(i - 1)).uri();
                readiness.add(new Readiness(target, List.of(readiness(replies.get(i)))));
                took = took.plus(replies.get(i).took());
            }
        }
        return StatusDecision.ofPlace(evidence(List.of(version), readiness, took), List.of());
    }

    private Evidence unasked() {
        return evidence(List.of(), List.of(), Duration.ZERO);
    }

    private Evidence evidence(List<Attempt> attempts, List<Readiness> readiness, Duration took) {
        return new Evidence(check.uri(), check.expected().description(), startedAt, took, attempts, readiness);
    }

    private Attempt version(RemoteAnswer.Reply reply) {
        return reply instanceof RemoteAnswer.Answered answered && isAccepted(answered)
                ? StatusDecision.ofBody(begun(reply), check.expected(), answered.body())
                : failed(reply);
    }

    private Attempt readiness(RemoteAnswer.Reply reply) {
        return reply instanceof RemoteAnswer.Answered answered && isReady(answered)
                ? begun(reply).ready()
                : failed(reply);
    }

    private boolean isAccepted(RemoteAnswer.Answered answered) {
        return check.acceptedStatuses().contains(answered.status());
    }

    private static boolean isReady(RemoteAnswer.Answered answered) {
        return StatusSet.SUCCESSFUL.contains(answered.status());
    }

    private Attempt failed(RemoteAnswer.Reply reply) {
        if (reply instanceof RemoteAnswer.Failed failed) {
            return begun(reply).failed(failed.reason(), failed.detail());
        }
        int status = ((RemoteAnswer.Answered) reply).status();
        boolean redirects = status >= SMALLEST_REDIRECT && status < SMALLEST_REFUSAL;
        return begun(reply).failed(redirects ? Reason.REDIRECTED : Reason.STATUS_NOT_ACCEPTED, "status " + status);
    }

    private Attempt.Builder begun(RemoteAnswer.Reply reply) {
        Attempt.Builder attempt = Attempt.startedAt(1, startedAt).took(reply.took(), PhaseTimes.NONE);
        return reply instanceof RemoteAnswer.Answered answered
                ? attempt.reply(new Reply(answered.status(), startedAt.plus(reply.took()), Map.of()))
                : attempt;
    }
}
