package dev.upkeep.cli.config;

import dev.upkeep.checker.check.PemFiles;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.cli.terminal.Durations;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads the section {@code check}. */
final class CheckSection {

    private final Section section;
    private final Path folder;
    private final Problems problems;
    private final String version;

    CheckSection(Section section, Path folder, Problems problems, String version) {
        this.section = section;
        this.folder = folder;
        this.problems = problems;
        this.version = version;
    }

    CheckConfig read() {
        return new CheckConfig(
                section.parsed("url", CheckSection::url),
                section.parsed("path", CheckSection::path).orElse(CheckConfig.DEFAULT_PATH),
                ready(),
                expectation(),
                section.parsed("timeout", CheckSection::timeout),
                section.number("attempts").flatMap(this::attempts).orElse(RetryPolicy.DEFAULT.attempts()),
                section.number("certificate-days")
                        .flatMap(this::days)
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty),
                section.value("ca").flatMap(value -> section.parse(value, this::ca)),
                headers());
    }

    private Optional<List<String>> ready() {
        if (!section.has("ready")) {
            return Optional.empty();
        }
        List<String> paths = new ArrayList<>();
        section.values("ready")
                .forEach(value -> section.parse(value, CheckSection::readiness).ifPresent(paths::add));
        return Optional.of(paths);
    }

    private static String readiness(String text) {
        VersionCheck.builder(URI.create("http://localhost/"), ExpectedVersion.any())
                .readyAt(text);
        return text;
    }

    private static URI url(String text) {
        URI uri = TargetUri.parse(text);
        VersionCheck.of(uri, ExpectedVersion.any());
        return uri;
    }

    private static String path(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("\"" + ShownUri.of(text) + "\" is not a path; it must begin with /");
        }
        try {
            return new URI(text).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + ShownUri.of(text) + "\" is not a path: " + e.getReason());
        }
    }

    private static Duration timeout(String text) {
        Duration timeout = Durations.parse(text);
        if (timeout.isZero() || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("the time for a check must lie between 1ms and 1h, found " + text);
        }
        return timeout;
    }

    private Optional<Integer> attempts(int number) {
        return inRange("attempts", number, 1, RetryPolicy.MAXIMUM_ATTEMPTS);
    }

    private Optional<Integer> days(int number) {
        return inRange("certificate-days", number, 0, 3650);
    }

    private Optional<Integer> inRange(String key, int number, int from, int to) {
        if (number >= from && number <= to) {
            return Optional.of(number);
        }
        section.value(key)
                .ifPresent(value -> problems.add(
                        value.position(),
                        "\"" + key + "\" must lie between " + from + " and " + to + ", found " + value.written()));
        return Optional.empty();
    }

    private Path ca(String text) {
        Path file = folder.resolve(text).normalize();
        try {
            PemFiles.certificates(file);
            return file;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the certificates in " + file, e);
        }
    }

    private Expectation expectation() {
        Optional<Section> expect = section.section("expect", ConfigKeys.EXPECT);
        if (expect.isEmpty()) {
            return Expectation.exactly(version);
        }
        Section inner = expect.get();
        if (inner.has("range") && inner.has("pattern")) {
            problems.add(inner.position(), "\"range\" and \"pattern\" are two ways to say one thing; keep one");
        }
        Optional<ExpectedVersion> stated = inner.parsed("range", ExpectedVersion::inRange)
                .or(() -> inner.parsed("pattern", CheckSection::pattern));
        return new Expectation(stated, Optional.of(version), inner.parsed("json-field", CheckSection::jsonField));
    }

    private static String jsonField(String text) {
        ExpectedVersion.inJsonField(text, ExpectedVersion.any());
        return text;
    }

    private static ExpectedVersion pattern(String text) {
        return ExpectedVersion.matching(Pattern.compile(text));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        section.free("headers").forEach((name, value) -> {
            if (!value.written().contains("${")) {
                problems.add(
                        value.position(),
                        "the value of the header \"" + name + "\" is written out; put it into an environment variable "
                                + "and write ${NAME}, so that no secret stands in the file");
            } else {
                section.parse(value, text -> sendable(name, text)).ifPresent(text -> headers.put(name, text));
            }
        });
        return headers;
    }

    private static String sendable(String name, String value) {
        VersionCheck.builder(URI.create("http://localhost/"), ExpectedVersion.any())
                .header(name, value);
        return value;
    }
}
