package dev.upkeep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InterruptibleWorkTest {

    private final Terminal terminal = Terminal.of(
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Map.of(),
            Path.of("").toAbsolutePath());

    @Test
    void seesAnInterruptionAsTheCauseHoweverDeepItLies() {
        assertThat(InterruptibleWork.wasInterrupted(new InterruptedException())).isTrue();
        assertThat(InterruptibleWork.wasInterrupted(
                        new IllegalStateException(new UncheckedIOException(new ClosedByInterruptException()))))
                .isTrue();
        assertThat(InterruptibleWork.wasInterrupted(
                        new UncheckedIOException(new IOException("No space left on device"))))
                .isFalse();
    }

    @Test
    void isInterruptedAndNotFailedWhenItFailsBecauseOfCtrlC() {
        InterruptibleWork work = new InterruptibleWork(terminal, () -> "bye", Duration.ofSeconds(1));
        IllegalStateException failure = new IllegalStateException("the program that was being started got Ctrl-C, too");
        Thread signal = new Thread(work::stop);

        assertThatThrownBy(() -> work.watch(() -> {
                    signal.start();
                    throw failure;
                }))
                .isInstanceOf(InterruptedException.class)
                .hasSuppressedException(failure);
        assertThat(Thread.interrupted()).isIn(true, false);
    }

    @Test
    void passesOtherFailuresOn() {
        IllegalStateException failure = new IllegalStateException("no such thing");

        assertThatThrownBy(() -> InterruptibleWork.changing(terminal, () -> "bye", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    /** Whoever called it closes next what the farewell asks. */
    @Test
    void isNotOverBeforeTheFarewellWasSaid() {
        AtomicBoolean closed = new AtomicBoolean();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal telling = Terminal.of(
                OutputStream.nullOutputStream(), err, Map.of(), Path.of("").toAbsolutePath());
        InterruptibleWork work = new InterruptibleWork(
                telling, () -> closed.get() ? "closed already" : "all is well", Duration.ofSeconds(1));
        Thread signal = new Thread(work::stop);

        assertThatThrownBy(() -> work.watch(() -> {
                    signal.start();
                    TimeUnit.MINUTES.sleep(1);
                    return true;
                }))
                .isInstanceOf(InterruptedException.class);
        closed.set(true);

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("all is well" + System.lineSeparator());
    }
}
