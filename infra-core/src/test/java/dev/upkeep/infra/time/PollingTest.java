package dev.upkeep.infra.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollingTest {

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final List<Duration> pauses = new ArrayList<>();
    private final Polling polling = new Polling(() -> now, duration -> {
        pauses.add(duration);
        now = now.plus(duration);
    });

    @Test
    void doesNotPauseForWhatIsAlreadyTrue() throws InterruptedException {
        assertThat(polling.until(Duration.ofSeconds(1), () -> true)).isTrue();
        assertThat(pauses).isEmpty();
    }

    @Test
    void looksOnceEvenWithoutAnyTime() throws InterruptedException {
        assertThat(polling.until(Duration.ZERO, () -> false)).isFalse();
        assertThat(pauses).isEmpty();
    }

    @Test
    void looksAgainAfterEachStepUntilItIsTrue() throws InterruptedException {
        int[] looks = {0};

        assertThat(polling.until(Duration.ofSeconds(1), () -> ++looks[0] == 3)).isTrue();
        assertThat(pauses).containsExactly(Polling.STEP, Polling.STEP);
    }

    @Test
    void givesUpWhenTheLimitIsReached() throws InterruptedException {
        assertThat(polling.until(Polling.STEP.multipliedBy(4), () -> false)).isFalse();
        assertThat(pauses).hasSize(4);
    }

    @Test
    void endsAtOnceWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> polling.until(Duration.ofSeconds(1), () -> false))
                .isInstanceOf(InterruptedException.class);
        assertThat(pauses).isEmpty();
    }
}
