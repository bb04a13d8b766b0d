package dev.upkeep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    private final Terminal terminal = Terminal.of(
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Map.of(),
            Path.of("").toAbsolutePath());

    @Test
    void isSeenAsTheCauseHoweverDeepItLies() {
        assertThat(Interruption.isCauseOf(new InterruptedException())).isTrue();
        assertThat(Interruption.isCauseOf(
                        new IllegalStateException(new UncheckedIOException(new ClosedByInterruptException()))))
                .isTrue();
        assertThat(Interruption.isCauseOf(new UncheckedIOException(new IOException("No space left on device"))))
                .isFalse();
    }

    @Test
    void isWhyWorkFailedThatItStopped() {
        Interruption interruption = new Interruption(terminal, () -> "bye", Duration.ofSeconds(1));
        IllegalStateException failure = new IllegalStateException("the program that was being started got Ctrl-C, too");
        Thread signal = new Thread(interruption::stop);

        assertThatThrownBy(() -> interruption.watch(() -> {
                    signal.start();
                    throw failure;
                }))
                .isInstanceOf(InterruptedException.class)
                .hasSuppressedException(failure);
        assertThat(Thread.interrupted()).isIn(true, false);
    }

    @Test
    void isNotWhyOtherWorkFailed() {
        IllegalStateException failure = new IllegalStateException("no such thing");

        assertThatThrownBy(() -> Interruption.stops(terminal, () -> "bye", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }
}
