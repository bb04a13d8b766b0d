package dev.upkeep.cli;

import dev.upkeep.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** One run of the program in this process, and all that came of it. */
public record Run(int code, String out, String err) {

    public static Run in(Path folder, Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Upkeep.run(Terminal.of(out, err, environment, folder), words);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public static Run in(Path folder, String... words) {
        return in(folder, Map.of(), words);
    }
}
