package dev.upkeep.cli.command;

import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.cli.config.CheckConfig;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Durations;
import java.time.Duration;
import java.util.List;

/** Time limits and attempts. */
final class TimeOptions {

    private final Argument<Duration> total = Argument.option("-t", "--timeout")
            .help("The limit for one whole check, with all its attempts and pauses (10s). A longer one also raises the "
                    + "limits of the phases.")
            .taking("TIME", Durations::parse);

    private final Argument<Duration> resolve = Argument.option("--resolve-timeout")
            .help("The limit for the name lookup (3s).")
            .taking("TIME", Durations::parse);

    private final Argument<Duration> connect = Argument.option("--connect-timeout")
            .help("The limit for the connection (3s).")
            .taking("TIME", Durations::parse);

    private final Argument<Duration> tls = Argument.option("--tls-timeout")
            .help("The limit for the TLS handshake (3s).")
            .taking("TIME", Durations::parse);

    private final Argument<Duration> firstByte = Argument.option("--first-byte-timeout")
            .help("The limit from the request to the reply's headers (5s).")
            .taking("TIME", Durations::parse);

    private final Argument<Duration> body = Argument.option("--body-timeout")
            .help("The limit for the body (5s).")
            .taking("TIME", Durations::parse);

    private final Argument<Integer> attempts = Argument.option("--attempts")
            .help("How many attempts, 1 to 3 (3). Only faults that may pass are tried again. Every attempt is shown.")
            .taking("N", ValueConverters::integer);

    List<Argument<?>> all() {
        return List.of(total, resolve, connect, tls, firstByte, body, attempts);
    }

    Timeouts timeouts(CheckConfig config) {
        Duration whole = total.value().or(config::timeout).orElse(Timeouts.DEFAULT.total());
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
    private static Duration limit(Argument<Duration> option, Duration standard, Duration whole) {
        double stretch =
                Math.max(1, (double) whole.toMillis() / Timeouts.DEFAULT.total().toMillis());
        return option.value().orElse(Duration.ofMillis((long) (standard.toMillis() * Math.min(stretch, 360))));
    }

    RetryPolicy retryPolicy(CheckConfig config) {
        RetryPolicy standard = RetryPolicy.DEFAULT;
        try {
            return new RetryPolicy(attempts.value().orElse(config.attempts()), standard.base(), standard.cap());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--attempts: " + e.getMessage());
        }
    }
}
