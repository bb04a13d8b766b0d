package dev.upkeep.cli.command;

import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.cli.command.Converters.Time;
import dev.upkeep.cli.config.CheckConfig;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long, and how often. */
final class TimeOptions {

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIME",
            converter = Time.class,
            description =
                    "For one check in all, attempts and pauses included: 10s unless given. A longer one stretches the "
                            + "limits of the phases as well.")
    @Nullable
    Duration total;

    @Option(
            names = "--resolve-timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "To look up the name (3s).")
    @Nullable
    Duration resolve;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "To open the connection (3s).")
    @Nullable
    Duration connect;

    @Option(
            names = "--tls-timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "For the TLS handshake (3s).")
    @Nullable
    Duration tls;

    @Option(
            names = "--first-byte-timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "From the request to the reply's headers (5s).")
    @Nullable
    Duration firstByte;

    @Option(
            names = "--body-timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "To read the body (5s).")
    @Nullable
    Duration body;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "1 to 3 (3). Only faults that may pass are tried again, and every attempt is shown.")
    @Nullable
    Integer attempts;

    Timeouts timeouts(CheckConfig config) {
        Duration whole = Optional.ofNullable(total).or(config::timeout).orElse(Timeouts.DEFAULT.total());
        Timeouts standard = Timeouts.DEFAULT;
        try {
            return new Timeouts(
                    limit(resolve, standard.resolve(), whole),
                    limit(connect, standard.connect(), whole),
                    limit(tls, standard.tls(), whole),
                    limit(firstByte, standard.firstByte(), whole),
                    limit(body, standard.body(), whole),
                    whole);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Durations.asTyped(String.valueOf(e.getMessage())));
        }
    }

    /** Who allows more time in all means more time for each phase. */
    private static Duration limit(@Nullable Duration said, Duration standard, Duration whole) {
        double stretch =
                Math.max(1, (double) whole.toMillis() / Timeouts.DEFAULT.total().toMillis());
        return said == null ? Duration.ofMillis((long) (standard.toMillis() * Math.min(stretch, 360))) : said;
    }

    RetryPolicy retryPolicy(CheckConfig config) {
        RetryPolicy standard = RetryPolicy.DEFAULT;
        try {
            return new RetryPolicy(attempts == null ? config.attempts() : attempts, standard.base(), standard.cap());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--attempts: " + e.getMessage());
        }
    }
}
