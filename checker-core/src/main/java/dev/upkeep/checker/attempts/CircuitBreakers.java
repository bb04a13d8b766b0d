package dev.upkeep.checker.attempts;

import dev.upkeep.checker.cache.LruCache;
import dev.upkeep.checker.check.CircuitBreakerPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** One circuit breaker for each target, of those that were asked last. Safe for use by many threads. */
final class CircuitBreakers {
    private final CircuitBreakerPolicy policy;
    private final LruCache<String, CircuitBreaker> breakers;

    CircuitBreakers(CircuitBreakerPolicy policy, InstantSource clock) {
        this.policy = policy;
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindow(policy.failures(), policy.failures(), SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .waitDurationInOpenState(policy.pause())
                .recordResult(CircuitBreakers::isFailure)
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build();
        this.breakers =
                new LruCache<>(CircuitBreakerPolicy.MAXIMUM_TARGETS, target -> CircuitBreaker.of(target, config));
    }

    /** The breaker of a target: what is dialled and by which way, not what is asked of it. */
    CircuitBreaker of(VersionCheck check) {
        String dialled =
                check.dialledAddress().or(check::proxy).map(Object::toString).orElse("");
        return breakers.get(check.uri().getScheme() + "://" + check.uri().getAuthority() + " " + dialled);
    }

    /** When a breaker opens and closes, in words. */
    String rule() {
        return "after " + policy.failures() + " failures in a row it is asked again "
                + policy.pause().toMillis() + " ms after the last one";
    }

    private static boolean isFailure(Object result) {
        return result instanceof Verdict verdict
                && (verdict.status() == Status.DOWN || verdict.status() == Status.UNKNOWN);
    }
}
