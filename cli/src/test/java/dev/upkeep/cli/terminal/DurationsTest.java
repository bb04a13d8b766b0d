package dev.upkeep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "10s,PT10S", "2m,PT2M", "1h,PT1H", "1m30s,PT1M30S", "0s,PT0S"})
    void readsANumberAndAUnit(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "10 s", "1d", "9999999999s", "1s ", "PT1S"})
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("\"" + text + "\" is not a time; write a number and its unit, such as 500ms, 10s or 2m");
    }

    @Test
    void writesAsManyDigitsAsMatter() {
        assertThat(Durations.text(Duration.ZERO)).isEqualTo("0 ms");
        assertThat(Durations.text(Duration.ofNanos(420_000))).isEqualTo("0.4 ms");
        assertThat(Durations.text(Duration.ofMillis(23))).isEqualTo("23 ms");
        assertThat(Durations.text(Duration.ofMillis(1440))).isEqualTo("1.4 s");
        assertThat(Durations.text(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
    }

    @Test
    void readsAMessageWithTheDurationsOfJavaAsTheyAreTyped() {
        assertThat(Durations.asTyped("3 rounds every PT2S do not fit into PT1H1M0.5S; not PT, nor PTA"))
                .isEqualTo("3 rounds every 2s do not fit into 1h1m500ms; not PT, nor PTA");
        assertThat(Durations.asTyped("within PT0S")).isEqualTo("within 0s");
    }
}
