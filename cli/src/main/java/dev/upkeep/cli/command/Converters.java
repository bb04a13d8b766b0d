package dev.upkeep.cli.command;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.StatusSet;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.Durations;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From words of the command line to values, with complaints that say what is expected. */
final class Converters {

    private Converters() {}

    /** A time above zero. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            try {
                return Durations.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Accepted HTTP statuses. */
    static final class Statuses implements ITypeConverter<StatusSet> {
        @Override
        public StatusSet convert(String value) {
            try {
                return StatusSet.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Where redirects may lead. */
    static final class Follow implements ITypeConverter<RedirectPolicy> {
        @Override
        public RedirectPolicy convert(String value) {
            return switch (value) {
                case "same-host" -> RedirectPolicy.sameHost();
                case "any-host" -> RedirectPolicy.anyHost();
                default -> throw new TypeConversionException("\"" + value + "\"; expected is same-host or any-host");
            };
        }
    }

    /** {@code HOST:PORT} or {@code [IPV6]:PORT}, not looked up. */
    static final class HostPort implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String value) {
            int colon = value.lastIndexOf(':');
            String host = colon < 1 ? "" : value.substring(0, colon);
            String port = value.substring(colon + 1);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            if (host.isEmpty() || (host.contains(":") && !bracketed) || !port.matches("\\d{1,5}") || !isPort(port)) {
                throw new TypeConversionException("\"" + value
                        + "\" is not HOST:PORT; expected is such as 192.0.2.7:443, web1:8080 or [2001:db8::7]:443");
            }
            return InetSocketAddress.createUnresolved(
                    bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
        }

        private static boolean isPort(String digits) {
            int port = Integer.parseInt(digits);
            return port >= 1 && port <= 65535;
        }
    }

    /** A format for the result of a check. */
    static final class CheckFormat implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String value) {
            try {
                return OutputFormat.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** A format for plans and stacks. */
    static final class StackFormat implements ITypeConverter<OutputFormat> {

        private static final Set<OutputFormat> POSSIBLE =
                EnumSet.of(OutputFormat.HUMAN, OutputFormat.JSON, OutputFormat.JSONL);

        @Override
        public OutputFormat convert(String value) {
            return POSSIBLE.stream()
                    .filter(format -> format.word().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + value + "\" is not a format here; expected is one of human, json, jsonl"));
        }
    }
}
