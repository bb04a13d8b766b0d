package dev.upkeep.cli.command;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.cli.command.Converters.CheckFormat;
import dev.upkeep.cli.config.CheckConfig;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Terminal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code check} and {@code wait} have in common: the questions they put. */
final class CheckOptions {

    private static final String EXAMPLE = "https://www.example.org/version.txt";

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "What to ask. Without it, the stack of the configuration file: its edge and every instance.")
    @Nullable
    String url;

    @Mixin
    FileOption file = new FileOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = CheckFormat.class,
            description = "human (default), json, jsonl, junit, prometheus, nagios.")
    OutputFormat format = OutputFormat.HUMAN;

    @ArgGroup(validate = false, order = 1, heading = "%nWhat must be served:%n")
    ExpectOptions expect = new ExpectOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nHow long, and how often:%n")
    TimeOptions time = new TimeOptions();

    @ArgGroup(validate = false, order = 3, heading = "%nWhat is sent, and what counts as an answer:%n")
    RequestOptions request = new RequestOptions();

    @ArgGroup(validate = false, order = 4, heading = "%nWhom to trust:%n")
    TrustOptions trust = new TrustOptions();

    @ArgGroup(validate = false, order = 5, heading = "%nWhich way:%n")
    RouteOptions route = new RouteOptions();

    /** The one check that a URL asks for. */
    VersionCheck single(String text, Terminal terminal) {
        if (file.file != null) {
            throw new UsageException("a URL and --file name two different things to check; give one of them");
        }
        return check(uri(text), CheckConfig.defaults(), terminal);
    }

    /** The places that a URL asks for. */
    FleetCheck fleet(String text, Terminal terminal) {
        VersionCheck check = single(text, terminal);
        return route.allAddresses
                ? refusing(() -> FleetCheck.allAddresses(check))
                : FleetCheck.builder().edge(check).build();
    }

    /** A check of an address, with everything that the options and the file say. */
    VersionCheck check(URI uri, CheckConfig config, Terminal terminal) {
        return refusing(() -> {
            VersionCheck.Builder builder = VersionCheck.builder(uri, expect.over(config.expected()))
                    .timeouts(time.timeouts(config))
                    .retryPolicy(time.retryPolicy(config))
                    .tls(trust.settings(config, terminal));
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

    private static URI uri(String text) {
        if (text.isBlank()) {
            throw new UsageException("the URL is empty; expected is one such as " + EXAMPLE);
        }
        if (!text.contains("://")) {
            throw new UsageException("\"" + text + "\" is not a URL; did you mean https://" + text + " ?");
        }
        try {
            return suspect(new URI(text));
        } catch (URISyntaxException e) {
            throw new UsageException("\"" + text + "\" is not a URL: " + e.getReason() + " at character "
                    + (e.getIndex() + 1) + "; expected is one such as " + EXAMPLE);
        }
    }

    /** Java accepts these as addresses of something, but finds no host in them, and does not say why. */
    private static URI suspect(URI uri) {
        String authority = String.valueOf(uri.getRawAuthority());
        if (uri.getHost() == null && authority.contains("_") && !authority.contains("@")) {
            throw new UsageException("\"" + authority + "\" cannot be the name of a host: it holds an underscore. "
                    + "Ask it by address: --connect-to, with another name in the URL");
        }
        return uri;
    }
}
