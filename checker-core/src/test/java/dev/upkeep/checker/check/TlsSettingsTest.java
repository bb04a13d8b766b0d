package dev.upkeep.checker.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsSettingsTest {

    @ParameterizedTest
    @CsvSource({"6, 2", "42, 14", "90, 14", "365, 14"})
    void warnsByAThirdOfTheLifeButNeverMoreThanFourteenDaysBefore(int life, int warned) {
        assertThat(TlsSettings.DEFAULT.minimumRemaining(Duration.ofDays(life))).isEqualTo(Duration.ofDays(warned));
    }

    @ParameterizedTest
    @CsvSource({"6, 30", "365, 0"})
    void goesByTheDaysThatAreGivenWhateverTheLifeIs(int life, int days) {
        TlsSettings settings = TlsSettings.builder().minimumDays(days).build();

        assertThat(settings.minimumRemaining(Duration.ofDays(life))).isEqualTo(Duration.ofDays(days));
    }
}
