package dev.upkeep.checker.attempts;

import dev.upkeep.checker.check.CircuitBreakerPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.decision.StatusDecision;
import dev.upkeep.checker.http.Deadline;
import dev.upkeep.checker.http.HttpProbe;
import dev.upkeep.checker.port.Pause;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Evidence;
import dev.upkeep.checker.verdict.Readiness;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Verdict;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one check of one place: the attempts for its version, then those for its readiness. Safe for use by many threads. */
public final class CheckRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CheckRunner.class);

    private final HttpProbe probe;
    private final RetryLoop retryLoop;
    private final InstantSource clock;
    private final Ticker ticker;
    private final @Nullable CircuitBreakers breakers;

    /** Runs every check that is asked for. */
    public CheckRunner(HttpProbe probe, Pacing pacing) {
        this(probe, pacing, null);
    }

    private CheckRunner(HttpProbe probe, Pacing pacing, @Nullable CircuitBreakers breakers) {
        this.probe = probe;
        this.retryLoop = new RetryLoop(pacing.pause(), pacing.random());
        this.clock = pacing.clock();
        this.ticker = pacing.ticker();
        this.breakers = breakers;
    }

    /** Runs no check of a target whose circuit breaker is open. */
    public static CheckRunner withCircuitBreakers(HttpProbe probe, Pacing pacing, CircuitBreakerPolicy policy) {
        return new CheckRunner(probe, pacing, new CircuitBreakers(policy, pacing.clock()));
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

    /** Runs a check. */
    public Verdict run(VersionCheck check) throws InterruptedException {
        return breakers == null ? ask(check) : askUnlessOpen(check, breakers);
    }

    /** The verdict on a target for which not even an address was found. */
    public Verdict failed(VersionCheck check, Attempt attempt) {
        Evidence evidence = evidence(check, attempt.startedAt(), List.of(attempt), List.of(), attempt.took());
        return StatusDecision.ofPlace(evidence, Warnings.of(check, attempt));
    }

    private Verdict ask(VersionCheck check) throws InterruptedException {
        Instant startedAt = clock.instant();
        long began = ticker.read();
        Deadline deadline = Deadline.in(check.timeouts().total(), ticker);
        List<Attempt> attempts =
                retryLoop.attempts(check.retryPolicy(), deadline, number -> probe.attempt(check, number, deadline));
        Attempt last = attempts.get(attempts.size() - 1);
        List<Readiness> readiness = last.version().isPresent() ? readiness(check, last, deadline) : List.of();
        LOG.debug("{}: {}, {}", check, attempts, readiness);
        Duration took = Duration.ofNanos(ticker.read() - began);
        return StatusDecision.ofPlace(evidence(check, startedAt, attempts, readiness, took), Warnings.of(check, last));
    }

    private List<Readiness> readiness(VersionCheck check, Attempt served, Deadline deadline)
            throws InterruptedException {
        List<Readiness> all = new ArrayList<>();
        for (String path : check.readinessPaths()) {
            VersionCheck question = atSamePlace(check.readinessAt(path), served);
            all.add(new Readiness(
                    question.uri(),
                    retryLoop.attempts(
                            check.retryPolicy(), deadline, number -> probe.readiness(question, number, deadline))));
        }
        return all;
    }

    /** A name may have several addresses: readiness is that of the one which served the version. */
    private static VersionCheck atSamePlace(VersionCheck question, Attempt served) {
        boolean elsewhere = question.proxy().isPresent() || !served.redirects().isEmpty();
        Optional<InetSocketAddress> peer = elsewhere ? Optional.empty() : served.peer();
        return peer.map(question::dialling).orElse(question);
    }

    private Verdict askUnlessOpen(VersionCheck check, CircuitBreakers breakers) throws InterruptedException {
        CircuitBreaker breaker = breakers.of(check);
        if (!breaker.tryAcquirePermission()) {
            Evidence nothing = evidence(check, clock.instant(), List.of(), List.of(), Duration.ZERO);
            return new Verdict.Unknown(nothing, Reason.CIRCUIT_OPEN, breakers.rule());
        }
        try {
            Verdict verdict = ask(check);
            breaker.onResult(0, TimeUnit.NANOSECONDS, verdict);
            return verdict;
        } catch (InterruptedException | RuntimeException | Error neitherGoodNorBad) {
            breaker.releasePermission();
            throw neitherGoodNorBad;
        }
    }

    private static Evidence evidence(
            VersionCheck check, Instant startedAt, List<Attempt> attempts, List<Readiness> readiness, Duration took) {
        return new Evidence(check.uri(), check.expected().description(), startedAt, took, attempts, readiness);
    }
}
