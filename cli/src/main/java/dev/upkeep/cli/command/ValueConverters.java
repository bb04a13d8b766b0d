package dev.upkeep.cli.command;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.cli.output.OutputFormat;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

/** Converts words of the command line to values; a complaint is an {@link IllegalArgumentException} that says what is expected. */
final class ValueConverters {

    /** The formats of plans and stacks. */
    static final List<String> STACK_FORMATS = List.of("human", "json", "jsonl");

    private ValueConverters() {}

    static Integer integer(String word) {
        return number(word, Integer::valueOf);
    }

    static Long longInteger(String word) {
        return number(word, Long::valueOf);
    }

    private static <N> N number(String word, Function<String, N> reader) {
        try {
            return reader.apply(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + word + "\" is not a whole number, or too large", e);
        }
    }

    /** Where redirects may lead. */
    static RedirectPolicy redirectPolicy(String word) {
        return switch (word) {
            case "same-host" -> RedirectPolicy.sameHost();
            case "any-host" -> RedirectPolicy.anyHost();
            default -> throw new IllegalArgumentException("\"" + word + "\"; expected is same-host or any-host");
        };
    }

    /** {@code HOST:PORT} or {@code [IPV6]:PORT}, not looked up. */
    static InetSocketAddress hostPort(String word) {
        int colon = word.lastIndexOf(':');
        String host = colon < 1 ? "" : word.substring(0, colon);
        String port = word.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.contains(":") && !bracketed) || !port.matches("\\d{1,5}") || !isPort(port)) {
            throw new IllegalArgumentException("\"" + ShownUri.of(word)
                    + "\" is not HOST:PORT; expected is such as 192.0.2.7:443, web1:8080 or [2001:db8::7]:443");
        }
        return InetSocketAddress.createUnresolved(
                bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65535;
    }

    /** A format for plans and stacks. */
    static OutputFormat stackFormat(String word) {
        return format(word, STACK_FORMATS);
    }

    /** A format of a command that has only some. */
    static OutputFormat format(String word, List<String> formats) {
        if (!formats.contains(word)) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" is not a format here; expected is one of " + String.join(", ", formats));
        }
        return OutputFormat.parse(word);
    }
}
