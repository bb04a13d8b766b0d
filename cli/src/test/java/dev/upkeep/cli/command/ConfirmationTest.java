package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

    @Test
    void whereNobodySitsNothingIsDoneAndTheWayOutIsNamed() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal pipe = Terminal.of(new ByteArrayOutputStream(), err, Map.of(), Path.of(""));

        assertThatThrownBy(() -> Confirmation.ask("Do this? ", "yes", "nothing was changed", pipe))
                .isInstanceOf(FailedException.class)
                .hasMessage("nothing was changed: nobody can be asked, because this is no terminal. Use --yes to go on"
                        + " without a question");
        assertThat(err.size()).as("no question is printed").isZero();
    }

    @Test
    void whatIsTypedIsReadToTheEndOfTheLine() throws Exception {
        assertThat(Confirmation.answer(new ByteArrayInputStream(" yes \nno\n".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("yes");
    }

    @Test
    void ctrlCAtTheQuestionIsNoticedAtOnce() throws IOException {
        try (PipedOutputStream nobodyTypes = new PipedOutputStream();
                PipedInputStream waiting = new PipedInputStream(nobodyTypes)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> Confirmation.answer(waiting)).isInstanceOf(InterruptedException.class);
        }
    }
}
