package dev.upkeep.cli.command;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.StatusSet;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.cli.command.Converters.Follow;
import dev.upkeep.cli.command.Converters.Statuses;
import dev.upkeep.cli.config.Interpolation;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is sent, and what counts as an answer. */
final class RequestOptions {

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME:VALUE",
            description =
                    "Send a header. Keep secrets out of the process list: 'Authorization: @token.txt' takes the value "
                            + "from a file, 'Authorization: $${TOKEN}' from the environment (in single quotes).")
    List<String> headers = List.of();

    @Option(names = "--method", paramLabel = "METHOD", description = "GET (default) or POST.")
    @Nullable
    String method;

    @Option(
            names = "--accept",
            paramLabel = "STATUSES",
            converter = Statuses.class,
            description = "HTTP statuses that count as an answer (200-299).")
    @Nullable
    StatusSet accepted;

    @Option(
            names = "--follow",
            paramLabel = "SCOPE",
            converter = Follow.class,
            description = "Follow up to 5 redirects: same-host or any-host. Without it a redirect is no answer.")
    @Nullable
    RedirectPolicy follow;

    @Option(names = "--body-limit", paramLabel = "BYTES", description = "The most a body may have (65536).")
    @Nullable
    Long bodyLimit;

    void applyTo(VersionCheck.Builder builder, Terminal terminal) {
        headers.forEach(header -> header(header, builder, terminal));
        if (method != null) {
            builder.method(method);
        }
        if (accepted != null) {
            builder.acceptedStatuses(accepted);
        }
        if (follow != null) {
            builder.redirectPolicy(follow);
        }
        if (bodyLimit != null) {
            builder.bodyLimit(bodyLimit);
        }
    }

    private static void header(String header, VersionCheck.Builder builder, Terminal terminal) {
        int colon = header.indexOf(':');
        if (colon < 1) {
            throw new UsageException(
                    "--header: a name, a colon and a value are expected, such as 'Accept: text/plain'");
        }
        String name = header.substring(0, colon).strip();
        String value = header.substring(colon + 1).strip();
        builder.header(
                name, value.startsWith("@") ? file(name, value.substring(1), terminal) : variables(value, terminal));
    }

    private static String variables(String value, Terminal terminal) {
        try {
            return Interpolation.resolve(value, terminal.environment());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--header: " + e.getMessage());
        }
    }

    private static String file(String name, String file, Terminal terminal) {
        try {
            return Files.readString(terminal.resolve(Path.of(file))).strip();
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("--header: cannot read the value of " + name + " from " + file
                    + "; check that the file exists and may be read");
        }
    }
}
