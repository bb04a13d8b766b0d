package dev.upkeep.cli.command;

import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.cli.exit.UsageException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What must be served. */
final class ExpectOptions {

    @Option(
            names = {"-e", "--expect"},
            paramLabel = "VERSION",
            description = "Exactly this version. Without any of these options, whatever version is served is right.")
    @Nullable
    String exact;

    @Option(
            names = "--expect-range",
            paramLabel = "RANGE",
            description = "A version in this range, in npm's notation: '^1.0.0', '>=1.0.6 <2'.")
    @Nullable
    String range;

    @Option(
            names = "--expect-pattern",
            paramLabel = "REGEX",
            description = "A body that matches completely; the first group is the version.")
    @Nullable
    String pattern;

    @Option(
            names = "--expect-json-field",
            paramLabel = "FIELD",
            description = "Read the version from this field of a JSON body: version, or /build/version.")
    @Nullable
    String jsonField;

    /** What these options say, or else what the file says. */
    ExpectedVersion over(ExpectedVersion configured) {
        if (Stream.of(exact, range, pattern).filter(option -> option != null).count() > 1) {
            throw new UsageException(
                    "--expect, --expect-range and --expect-pattern say the same thing in different ways; choose one");
        }
        ExpectedVersion text = read("--expect", exact, ExpectedVersion::exactly)
                .or(() -> read("--expect-range", range, ExpectedVersion::inRange))
                .or(() -> read("--expect-pattern", pattern, regex -> ExpectedVersion.matching(pattern(regex))))
                .orElse(configured);
        return read("--expect-json-field", jsonField, field -> ExpectedVersion.inJsonField(field, text))
                .orElse(text);
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "\"" + regex + "\" is not a regular expression: " + e.getDescription(), e);
        }
    }

    private static Optional<ExpectedVersion> read(
            String option, @Nullable String text, Function<String, ExpectedVersion> reader) {
        try {
            return Optional.ofNullable(text).map(reader);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }
}
