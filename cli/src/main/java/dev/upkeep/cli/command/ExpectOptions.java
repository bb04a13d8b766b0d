package dev.upkeep.cli.command;

import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.cli.exit.UsageException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** What must be served. */
final class ExpectOptions {

    private final Argument<String> exact = Argument.option("-e", "--expect")
            .help("Exactly this version. If no option says what is expected, a URL may serve any version.")
            .taking("VERSION");

    private final Argument<String> range = Argument.option("--expect-range")
            .help("A version in this range, in npm's notation: '^1.0.0', '>=1.0.6 <2'.")
            .taking("RANGE");

    private final Argument<String> pattern = Argument.option("--expect-pattern")
            .help("A body that matches completely; the first group is the version.")
            .taking("REGEX");

    private final Argument<String> jsonField = Argument.option("--expect-json-field")
            .help("Read the version from this field of a JSON body: version, or /build/version.")
            .taking("FIELD");

    List<Argument<?>> all() {
        return List.of(exact, range, pattern, jsonField);
    }

    /** What these options say, or else what the file says. */
    ExpectedVersion over(ExpectedVersion configured) {
        if (Stream.of(exact, range, pattern).filter(Argument::isGiven).count() > 1) {
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
            String name, Argument<String> option, Function<String, ExpectedVersion> reader) {
        try {
            return option.value().map(reader);
        } catch (IllegalArgumentException e) {
            throw new UsageException(name + ": " + e.getMessage());
        }
    }
}
