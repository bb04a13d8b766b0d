package dev.upkeep.checker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void doublesTheLongestPauseUpToTheCap() {
        RetryPolicy policy = new RetryPolicy(3, Duration.ofMillis(300), Duration.ofMillis(500));

        assertThat(policy.longestPauseBefore(2)).isEqualTo(Duration.ofMillis(300));
        assertThat(policy.longestPauseBefore(3)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void drawsEveryPauseFromZeroToTheLongest() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            assertThat(RetryPolicy.DEFAULT.pauseBefore(3, random))
                    .as("seed %d", seed)
                    .isBetween(Duration.ZERO, Duration.ofMillis(500));
        }
    }

    @Test
    void drawsTheWholeRange() {
        RetryPolicy policy = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1));
        SplittableRandom random = new SplittableRandom(1);

        assertThat(IntStream.range(0, 100).mapToObj(i -> policy.pauseBefore(2, random)))
                .contains(Duration.ZERO, Duration.ofMillis(1));
    }

    @Test
    void refusesMoreAttemptsThanCanBeHonest() {
        assertThatThrownBy(() -> new RetryPolicy(4, Duration.ZERO, Duration.ZERO))
                .hasMessage("a check makes 1 to 3 attempts, not 4; to look more often, check more often");
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(2, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(2, Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
