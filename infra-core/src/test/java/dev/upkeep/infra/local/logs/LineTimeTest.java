package dev.upkeep.infra.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTimeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026/11/27 11:00:00 [error] 7#7: *1 connect() failed",
                "2026-11-27T10:00:00Z listening",
                "2026-11-27 11:00:00 INFO started",
                "[2026-11-27T11:00:00+01:00] GET /",
                "2026-11-27T05:00:00-0500 started",
                "{\"time\":\"2026-11-27T10:00:00+00:00\",\"id\":\"7\"}",
                "{\"level\": \"info\", \"@timestamp\": \"2026-11-27T10:00:00Z\"}",
            })
    void isFoundWhereProgramsWriteIt(String line) {
        assertThat(LineTime.of(line, BERLIN)).contains(Instant.parse("2026-11-27T10:00:00Z"));
    }

    @Test
    void keepsPartsOfASecond() {
        assertThat(LineTime.of("2026-11-27 11:00:00,042 INFO", BERLIN))
                .contains(Instant.parse("2026-11-27T10:00:00.042Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "listening on 8080",
                "at 2026-11-27T10:00:00Z",
                "2026-13-27T10:00:00Z no such month",
                "2026-11-27T10:00:00+99:00 no such zone",
                "\tat dev.upkeep.Shop.main(Shop.java:7)",
            })
    void isEmptyWhereThereIsNone(String line) {
        assertThat(LineTime.of(line, BERLIN)).isEmpty();
    }
}
