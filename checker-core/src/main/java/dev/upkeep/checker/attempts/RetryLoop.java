package dev.upkeep.checker.attempts;

import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.http.Deadline;
import dev.upkeep.checker.port.Pause;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Repeats an attempt by the rules of a retry policy. Resilience4j decides whether and when; the waiting is done here, by the checker's
 * own {@link Pause}.
 */
final class RetryLoop {
    private final Pause pause;
    private final RandomGenerator random;

    RetryLoop(Pause pause, RandomGenerator random) {
        this.pause = pause;
        this.random = random;
    }

    /** Makes one attempt. */
    @FunctionalInterface
    interface Probe {
        Attempt attempt(int number) throws InterruptedException;
    }

    /** At least one attempt; no further one that could not begin before the deadline. */
    List<Attempt> attempts(RetryPolicy policy, Deadline deadline, Probe probe) throws InterruptedException {
        List<Attempt> attempts = new ArrayList<>();
        Retry.AsyncContext<Attempt> retry = retry(policy).asyncContext();
        long wait = 0;
        do {
            pause.pause(Duration.ofMillis(wait));
            Attempt attempt = probe.attempt(attempts.size() + 1);
            attempts.add(attempt);
            wait = retry.onResult(attempt);
        } while (wait >= 0 && Duration.ofMillis(wait).compareTo(deadline.remaining()) < 0);
        return attempts;
    }

    private Retry retry(RetryPolicy policy) {
        return Retry.of(
                "attempts",
                RetryConfig.<Attempt>custom()
                        .maxAttempts(policy.attempts())
                        .intervalFunction(
                                made -> policy.pauseBefore(made + 1, random).toMillis())
                        .retryOnResult(attempt ->
                                attempt.reason().filter(Reason::isRetryable).isPresent())
                        .build());
    }
}
