package dev.upkeep.cli.command;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.cli.config.CheckConfig;
import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.config.TargetUri;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Terminal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@code check}, {@code wait} and {@code heal} have in common: the questions they put. */
final class CheckOptions {

    private final Argument<String> url = Argument.operand(
            "URL",
            "0..1",
            "What to ask. Without it, the stack of the configuration file: its edge and every instance.");

    private final FileOption file = new FileOption();

    private final Argument<OutputFormat> format;

    private final ExpectOptions expect = new ExpectOptions();
    private final TimeOptions time = new TimeOptions();
    private final RequestOptions request = new RequestOptions();
    private final Argument<List<String>> also = Argument.option("--also")
            .help(
                    "A further path that must answer with 2xx, such as /health; may be given several times. A place that serves "
                            + "the version but fails there is not ready, which is DOWN.")
            .takingEach("PATH");

    private final TrustOptions trust = new TrustOptions();
    private final RouteOptions route = new RouteOptions();

    CheckOptions() {
        this(OutputFormat.words());
    }

    /**
     * The same for a command that writes not every format.
     *
     * @param formats the words for those that it writes, the usual one first
     */
    CheckOptions(List<String> formats) {
        this.format = Argument.option("-o", "--output")
                .help(formats.get(0) + " (default), " + String.join(", ", formats.subList(1, formats.size())) + ".")
                .completedBy(formats)
                .taking("FORMAT", word -> ValueConverters.format(word, formats));
    }

    Syntax declareOn(Syntax command) {
        return command.arguments(List.of(url, file.argument(), format, also))
                .group("Expected version:", expect.all())
                .group("Time limits and attempts:", time.all())
                .group("Request and answer:", request.all())
                .group("Certificates:", trust.all())
                .group("Route:", route.all());
    }

    Optional<String> url() {
        return url.value();
    }

    OutputFormat format() {
        return format.value().orElse(OutputFormat.HUMAN);
    }

    /** Whether a URL is given, and one address of it is to be asked. */
    boolean isSingle() {
        return url.isGiven() && !route.isToAllAddresses();
    }

    Config config(Terminal terminal) {
        return file.read(terminal);
    }

    /** The one check that a URL asks for. */
    VersionCheck single(String text, Terminal terminal) {
        if (file.isGiven()) {
            throw new UsageException("a URL and --file name two different things to check; give one of them");
        }
        return check(refusing(() -> TargetUri.parse(text)), CheckConfig.defaults(), List.of(), terminal);
    }

    /** Every address of the name in a URL. */
    FleetCheck allAddresses(String text, Terminal terminal) {
        VersionCheck check = single(text, terminal);
        return refusing(() -> FleetCheck.allAddresses(check));
    }

    /**
     * A check of an address, with everything that the options and the file say.
     *
     * @param ready the readiness paths that are asked before those of the options
     */
    VersionCheck check(URI uri, CheckConfig config, List<String> ready, Terminal terminal) {
        return refusing(() -> {
            VersionCheck.Builder builder = VersionCheck.builder(uri, expect.over(config.expected()))
                    .timeouts(time.timeouts(config))
                    .retryPolicy(time.retryPolicy(config))
                    .tls(trust.settings(config, terminal));
            ready.forEach(builder::readyAt);
            also.value().orElse(List.of()).forEach(builder::readyAt);
            config.headers().forEach(builder::header);
            request.applyTo(builder, terminal);
            route.applyTo(builder);
            return builder.build();
        });
    }

    private static <T> T refusing(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(Durations.asTyped(String.valueOf(e.getMessage())));
        }
    }
}
