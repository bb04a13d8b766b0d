package dev.upkeep.checker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void changesOneLimitAndLeavesTheOthers() {
        assertThat(Timeouts.DEFAULT
                        .withResolve(seconds(11))
                        .withConnect(seconds(12))
                        .withTls(seconds(13))
                        .withFirstByte(seconds(14))
                        .withBody(seconds(15))
                        .withTotal(seconds(16)))
                .isEqualTo(new Timeouts(seconds(11), seconds(12), seconds(13), seconds(14), seconds(15), seconds(16)));
    }

    @Test
    void refusesWhatBoundsNothing() {
        assertThatThrownBy(() -> Timeouts.DEFAULT.withTotal(Duration.ZERO)).hasMessageContaining("bounds the check");
        assertThatThrownBy(() -> Timeouts.DEFAULT.withBody(seconds(-1))).hasMessageContaining("body");
        assertThatThrownBy(() -> Timeouts.DEFAULT.withTls(Duration.ofDays(1))).hasMessageContaining("tls");
    }
}
