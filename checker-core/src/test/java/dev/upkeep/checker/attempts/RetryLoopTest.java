package dev.upkeep.checker.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.ManualTime;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.http.Deadline;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryLoopTest {
    private static final RetryPolicy POLICY = new RetryPolicy(3, Duration.ofMillis(250), Duration.ofSeconds(2));

    private final ManualTime time = new ManualTime();

    /** Draws the largest number that is allowed. */
    private static final RandomGenerator LARGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private List<Attempt> attempts(Duration total, Reason... reasons) throws InterruptedException {
        return new RetryLoop(time, LARGEST).attempts(POLICY, Deadline.in(total, time), number -> {
            Attempt.Builder attempt = Attempt.startedAt(number, time.instant());
            return number > reasons.length ? attempt.served("1.0.6") : attempt.failed(reasons[number - 1], "");
        });
    }

    @Test
    void doesNotPauseWhenTheFirstAttemptServes() throws InterruptedException {
        assertThat(attempts(Duration.ofSeconds(10))).hasSize(1);
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void pausesByExponentialBackoffBetweenAttempts() throws InterruptedException {
        List<Attempt> attempts = attempts(
                Duration.ofSeconds(10),
                Reason.CONNECTION_RESET,
                Reason.CONNECTION_REFUSED,
                Reason.CONNECT_TIMEOUT,
                Reason.CONNECTION_RESET);

        assertThat(attempts).hasSize(3);
        assertThat(time.pauses()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void stopsAtTheFirstAttemptThatServes() throws InterruptedException {
        assertThat(attempts(Duration.ofSeconds(10), Reason.CONNECTION_RESET)).hasSize(2);
        assertThat(time.pauses()).containsExactly(Duration.ofMillis(250));
    }

    @Test
    void stopsRetryingWhenTheDeadlineWouldPass() throws InterruptedException {
        assertThat(attempts(Duration.ofMillis(700), Reason.CONNECTION_RESET, Reason.CONNECTION_RESET))
                .hasSize(2);
        assertThat(time.pauses()).containsExactly(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void retriesOnlyWhatCanChange(Reason reason) throws InterruptedException {
        assertThat(attempts(Duration.ofSeconds(10), reason)).hasSize(reason.isRetryable() ? 2 : 1);
    }

    @Test
    void neverRetriesAnAnswer() {
        assertThat(Arrays.stream(Reason.values()).filter(Reason::isRetryable))
                .doesNotContain(
                        Reason.STATUS_NOT_ACCEPTED,
                        Reason.VERSION_DIFFERS,
                        Reason.VERSION_UNREADABLE,
                        Reason.REDIRECTED,
                        Reason.CERTIFICATE_EXPIRED,
                        Reason.CERTIFICATE_UNTRUSTED,
                        Reason.CERTIFICATE_WRONG_NAME,
                        Reason.CERTIFICATE_NOT_YET_VALID);
    }
}
