package dev.upkeep.checker.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {

    /** The reply comes at noon. */
    @ParameterizedTest
    @CsvSource({
        "12:00:00, '',    0",
        "12:05:00, '',    300",
        "11:55:00, '',   -300",
        "11:10:00, 3000,  0",
        "12:00:00, 3000,  0",
        "11:30:00, 3000,  0",
        "12:05:00, 3000,  300",
        "11:00:00, 3000, -600"
    })
    void takesADateForWrongOnlyIfItsAgeDoesNotExplainIt(String time, String age, long seconds) {
        Reply reply = new Reply(
                200,
                Instant.parse("2026-06-15T12:00:00Z"),
                Map.of("Date", "Mon, 15 Jun 2026 " + time + " GMT", "Age", age));

        assertThat(reply.clockSkew()).contains(Duration.ofSeconds(seconds));
    }
}
