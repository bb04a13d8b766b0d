package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.shell.CommandLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Scripts of this module, which a host is given as one argument of its shell. */
public final class Scripts {

    private Scripts() {}

    /**
     * A command line that runs a script.
     *
     * @param of beside which it lies
     * @param name of the file
     * @param arguments of the script
     * @return the whole script and its arguments; nothing of it needs to be on the host
     */
    public static CommandLine commandLine(Class<?> of, String name, List<String> arguments) {
        try (InputStream script = of.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("this jar lacks " + name);
            }
            List<String> argv = new ArrayList<>(List.of("sh", "-c"));
            argv.add(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            argv.add(name.replace(".sh", ""));
            argv.addAll(arguments);
            return new CommandLine(argv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
