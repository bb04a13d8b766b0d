package dev.upkeep.checker.attempts;

import dev.upkeep.checker.check.RestPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.http.Deadline;
import dev.upkeep.checker.http.HttpProbe;
import dev.upkeep.checker.port.Pause;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Evidence;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Verdict;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One check of one target: attempts, and the verdict they come to. Safe for use by many threads. */
public final class Examiner {
    private static final Logger LOG = LoggerFactory.getLogger(Examiner.class);

    private final HttpProbe probe;
    private final Persistence persistence;
    private final InstantSource clock;
    private final Ticker ticker;
    private final @Nullable Rests rests;

    /** An examiner that never lets a target rest. */
    public Examiner(HttpProbe probe, Pacing pacing) {
        this(probe, pacing, null);
    }

    private Examiner(HttpProbe probe, Pacing pacing, @Nullable Rests rests) {
        this.probe = probe;
        this.persistence = new Persistence(pacing.pause(), pacing.random());
        this.clock = pacing.clock();
        this.ticker = pacing.ticker();
        this.rests = rests;
    }

    /** An examiner that leaves failing targets in peace for a while. */
    public static Examiner resting(HttpProbe probe, Pacing pacing, RestPolicy policy) {
        return new Examiner(probe, pacing, new Rests(policy, pacing.clock()));
    }

    /**
     * Where time and chance come from.
     *
     * @param clock the wall clock
     * @param ticker the monotonic clock
     * @param pause how to wait
     * @param random for the jitter
     */
    public record Pacing(InstantSource clock, Ticker ticker, Pause pause, RandomGenerator random) {}

    /** Attempts by the rules of the check, and what they come to. */
    public Verdict examine(VersionCheck check) throws InterruptedException {
        return rests == null ? attempt(check) : attemptUnlessResting(check, rests);
    }

    /** The verdict over a target that could not even be addressed. */
    public Verdict failed(VersionCheck check, Attempt attempt) {
        return Judgement.of(check, evidence(check, attempt.startedAt(), attempt.took(), List.of(attempt)));
    }

    private Verdict attempt(VersionCheck check) throws InterruptedException {
        Instant startedAt = clock.instant();
        long began = ticker.read();
        Deadline deadline = Deadline.in(check.timeouts().total(), ticker);
        List<Attempt> attempts =
                persistence.attempts(check.retryPolicy(), deadline, number -> probe.attempt(check, number, deadline));
        LOG.debug("{}: {}", check, attempts);
        Duration took = Duration.ofNanos(ticker.read() - began);
        return Judgement.of(check, evidence(check, startedAt, took, attempts));
    }

    private Verdict attemptUnlessResting(VersionCheck check, Rests rests) throws InterruptedException {
        CircuitBreaker breaker = rests.of(check);
        if (!breaker.tryAcquirePermission()) {
            return new Verdict.Unknown(
                    evidence(check, clock.instant(), Duration.ZERO, List.of()), Reason.CIRCUIT_OPEN, rests.rule());
        }
        try {
            Verdict verdict = attempt(check);
            breaker.onResult(0, TimeUnit.NANOSECONDS, verdict);
            return verdict;
        } catch (InterruptedException | RuntimeException | Error neitherGoodNorBad) {
            breaker.releasePermission();
            throw neitherGoodNorBad;
        }
    }

    private static Evidence evidence(VersionCheck check, Instant startedAt, Duration took, List<Attempt> attempts) {
        return new Evidence(check.uri(), check.expected().description(), startedAt, took, attempts);
    }
}
