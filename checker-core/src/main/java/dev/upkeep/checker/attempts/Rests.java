package dev.upkeep.checker.attempts;

import dev.upkeep.checker.check.RestPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** One circuit breaker for each target. Safe for use by many threads. */
final class Rests {
    private final RestPolicy policy;
    private final CircuitBreakerRegistry breakers;

    Rests(RestPolicy policy, InstantSource clock) {
        this.policy = policy;
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindow(policy.failures(), policy.failures(), SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .waitDurationInOpenState(policy.pause())
                .recordResult(Rests::isFailure)
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build());
    }

    /** The breaker of a target: what is dialled and by which way, not what is asked of it. */
    CircuitBreaker of(VersionCheck check) {
        String dialled =
                check.dialledAddress().or(check::proxy).map(Object::toString).orElse("");
        return breakers.circuitBreaker(
                check.uri().getScheme() + "://" + check.uri().getAuthority() + " " + dialled);
    }

    /** Why a target rests, in words. */
    String rule() {
        return "after " + policy.failures() + " failures in a row it is asked again "
                + policy.pause().toMillis() + " ms after the last one";
    }

    private static boolean isFailure(Object result) {
        return result instanceof Verdict verdict
                && (verdict.status() == Status.DOWN || verdict.status() == Status.UNKNOWN);
    }
}
