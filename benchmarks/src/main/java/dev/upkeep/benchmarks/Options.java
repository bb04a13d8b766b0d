package dev.upkeep.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param scenarios any of plain, tls, tls-rsa and hanging
 * @param targets how many targets, for each run of plain and tls
 * @param rounds how many rounds, of each prober in turn
 * @param checks how many checks in a round
 * @param warmUp how many checks before the first round
 * @param concurrency how many checks at the same time
 * @param interval between two checks of one target, in the scenario hanging
 * @param flags of the JVM that checks
 */
record Options(
        List<String> scenarios,
        List<Integer> targets,
        int rounds,
        int checks,
        int warmUp,
        int concurrency,
        Duration interval,
        List<String> flags) {

    static final String USAGE = """
            Usage: benchmarks/resident [OPTION...]
              --scenarios=plain,tls,tls-rsa,hanging
              --targets=1000,10000     distinct targets, for each run of plain and tls
              --rounds=3               measured rounds, each prober in turn
              --checks=10000           checks in a round
              --warm-up=20000          checks before the first round
              --concurrency=20         checks at the same time
              --interval=20            seconds between two checks of one target (hanging)
              --flags='...'            of the JVM that checks, instead of
                                       %s
            """;

    /** Those of a small service: a heap with a limit, the collector that needs the least memory. */
    static final String DEFAULT_FLAGS = "-Xmx96m -XX:+UseSerialGC -XX:ReservedCodeCacheSize=64m";

    static Options parse(String[] arguments) {
        Options options = new Options(
                List.of("plain", "tls", "tls-rsa", "hanging"),
                List.of(1000, 10_000),
                3,
                10_000,
                20_000,
                20,
                Duration.ofSeconds(20),
                words(DEFAULT_FLAGS, " "));
        for (String argument : arguments) {
            int sign = argument.indexOf('=');
            if (sign < 0) {
                throw new IllegalArgumentException("not an option: " + argument);
            }
            options = options.with(argument.substring(0, sign), argument.substring(sign + 1));
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--scenarios" ->
                new Options(words(value, ","), targets, rounds, checks, warmUp, concurrency, interval, flags);
            case "--targets" ->
                new Options(scenarios, numbers(value), rounds, checks, warmUp, concurrency, interval, flags);
            case "--rounds" ->
                new Options(scenarios, targets, number(value), checks, warmUp, concurrency, interval, flags);
            case "--checks" ->
                new Options(scenarios, targets, rounds, number(value), warmUp, concurrency, interval, flags);
            case "--warm-up" ->
                new Options(scenarios, targets, rounds, checks, number(value), concurrency, interval, flags);
            case "--concurrency" ->
                new Options(scenarios, targets, rounds, checks, warmUp, number(value), interval, flags);
            case "--interval" ->
                new Options(
                        scenarios,
                        targets,
                        rounds,
                        checks,
                        warmUp,
                        concurrency,
                        Duration.ofSeconds(number(value)),
                        flags);
            case "--flags" ->
                new Options(scenarios, targets, rounds, checks, warmUp, concurrency, interval, words(value, " "));
            default -> throw new IllegalArgumentException("unknown option " + name);
        };
    }

    private static int number(String value) {
        return Integer.parseInt(value);
    }

    private static List<Integer> numbers(String value) {
        return new ArrayList<>(words(value, ",").stream().map(Options::number).toList());
    }

    private static List<String> words(String value, String separator) {
        return Arrays.stream(value.split(separator, -1))
                .flatMap(word -> word.isBlank() ? Stream.of() : Stream.of(word))
                .toList();
    }
}
