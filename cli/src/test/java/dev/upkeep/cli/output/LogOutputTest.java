package dev.upkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogSource;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogOutputTest {

    private static final Optional<Instant> AT = Optional.of(Instant.parse("2026-11-27T10:00:00.123Z"));
    private static final Optional<InstanceId> ONE = Optional.of(InstanceId.of("i1"));

    @Test
    void aLineHasItsTimeItsPlaceAndItsText() {
        assertThat(LogOutput.text(new LogLine(AT, ONE, LogSource.APP, "listening\ton 8080")))
                .isEqualTo("2026-11-27T10:00:00Z  i1/app  listening\ton 8080");
        assertThat(LogOutput.text(new LogLine(AT, Optional.empty(), LogSource.EDGE, "GET /")))
                .isEqualTo("2026-11-27T10:00:00Z  edge  GET /");
    }

    @Test
    void aLineWithoutATimeStandsBelowTheOthers() {
        assertThat(LogOutput.text(new LogLine(Optional.empty(), ONE, LogSource.WEB, "x")))
                .isEqualTo(" ".repeat(20) + "  i1/web  x");
    }

    @Test
    void whatWouldCommandTheTerminalIsMadeVisible() {
        assertThat(LogOutput.text(new LogLine(AT, ONE, LogSource.APP, "a\u001b[2Jb\u0007")))
                .isEqualTo("2026-11-27T10:00:00Z  i1/app  a\\x1b[2Jb\\x07");
    }
}
