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
    private final CircuitBreakerRegistry breakers;

    Rests(RestPolicy policy, InstantSource clock) {
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindow(policy.failures(), policy.failures(), SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .waitDurationInOpenState(policy.pause())
                .recordResult(Rests::isFailure)
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build());
    }

    /** The breaker of a target: what is dialled, not what is asked of it. */
    CircuitBreaker of(VersionCheck check) {
        String dialled = check.dialledAddress().map(Object::toString).orElse("");
        return breakers.circuitBreaker(
                check.uri().getScheme() + "://" + check.uri().getAuthority() + " " + dialled);
    }

    private static boolean isFailure(Object result) {
        return result instanceof Verdict verdict
                && (verdict.status() == Status.DOWN || verdict.status() == Status.UNKNOWN);
    }
}
