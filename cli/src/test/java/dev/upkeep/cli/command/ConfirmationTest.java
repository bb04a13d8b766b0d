package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
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
}
