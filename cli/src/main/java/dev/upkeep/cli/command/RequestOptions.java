package dev.upkeep.cli.command;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.StatusSet;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.cli.config.Interpolation;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** What is sent, and what counts as an answer. */
final class RequestOptions {

    private final Argument<List<String>> headers = Argument.option("-H", "--header")
            .help("Send a header. Keep secrets out of the process list: 'Authorization: @token.txt' takes the value "
                    + "from a file, 'Authorization: $${TOKEN}' from the environment (in single quotes).")
            .takingEach("NAME:VALUE");

    private final Argument<String> method =
            Argument.option("--method").help("GET (default) or POST.").taking("METHOD");

    private final Argument<StatusSet> accepted = Argument.option("--accept")
            .help("HTTP statuses that count as an answer (200-299).")
            .taking("STATUSES", StatusSet::parse);

    private final Argument<RedirectPolicy> follow = Argument.option("--follow")
            .help(
                    "Follow up to 5 redirects: same-host or any-host. Without it, a redirect does not count as an answer.")
            .completedBy(List.of("same-host", "any-host"))
            .taking("SCOPE", ValueConverters::redirectPolicy);

    private final Argument<Long> bodyLimit = Argument.option("--body-limit")
            .help("The largest body that is read, in bytes (65536), at most 1 MiB.")
            .taking("BYTES", ValueConverters::longInteger);

    List<Argument<?>> all() {
        return List.of(headers, method, accepted, follow, bodyLimit);
    }

    void applyTo(VersionCheck.Builder builder, Terminal terminal) {
        headers.value().orElse(List.of()).forEach(header -> header(header, builder, terminal));
        method.value().ifPresent(builder::method);
        accepted.value().ifPresent(builder::acceptedStatuses);
        follow.value().ifPresent(builder::redirectPolicy);
        bodyLimit.value().ifPresent(builder::bodyLimit);
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
