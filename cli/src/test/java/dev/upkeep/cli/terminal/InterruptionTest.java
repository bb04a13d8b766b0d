package dev.upkeep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    @Test
    void isSeenAsTheCauseHoweverDeepItLies() {
        assertThat(Interruption.isCauseOf(new InterruptedException())).isTrue();
        assertThat(Interruption.isCauseOf(
                        new IllegalStateException(new UncheckedIOException(new ClosedByInterruptException()))))
                .isTrue();
        assertThat(Interruption.isCauseOf(new UncheckedIOException(new IOException("No space left on device"))))
                .isFalse();
    }
}
