package dev.upkeep.cli.config;

import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.InstanceType;
import dev.upkeep.infra.spec.Ipv4Network;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what only a stack on Amazon Web Services has. */
final class AwsSection {

    private static final Pattern GIGABYTES = Pattern.compile("(\\d{1,5})GB");

    private final Section aws;
    private final Consumer<SpecProblem> problems;

    AwsSection(Section aws, Consumer<SpecProblem> problems) {
        this.aws = aws;
        this.problems = problems;
    }

    AwsSettings read(Optional<String> region) {
        AwsSettings standard = AwsSettings.standard(region);
        return standard.with(valid(() -> network(standard.network()), standard.network()))
                .with(valid(() -> server(standard.server()), standard.server()))
                .with(valid(() -> balancing(standard.balancing()), standard.balancing()))
                .with(valid(() -> access(standard.access()), standard.access()))
                .with(valid(() -> operation(standard.operation()), standard.operation()))
                .with(valid(this::tags, Map.of()));
    }

    /** What breaks a rule is a problem where it stands, and the rest is read all the same. */
    private <T> T valid(Supplier<T> part, T otherwise) {
        try {
            return part.get();
        } catch (InvalidSpecException e) {
            e.problems().forEach(problems);
            return otherwise;
        }
    }

    private AwsSettings.Network network(AwsSettings.Network standard) {
        return new AwsSettings.Network(
                aws.parsed("network", Ipv4Network::parse).orElse(standard.addresses()),
                aws.list("zones"),
                flag("private", standard.isPrivate()));
    }

    private AwsSettings.Server server(AwsSettings.Server standard) {
        return new AwsSettings.Server(
                aws.parsed("type", InstanceType::new),
                aws.value("image").map(Value::text).orElse(standard.image()),
                aws.value("base-image").map(Value::text).orElse(standard.baseImage()),
                aws.parsed("disk", AwsSection::gigabytes).orElse(standard.diskGigabytes()),
                aws.number("max-instances").orElse(standard.maxInstances()),
                aws.value("permissions-boundary").map(Value::text),
                false);
    }

    private AwsSettings.Balancing balancing(AwsSettings.Balancing standard) {
        return new AwsSettings.Balancing(
                time("check-every", standard.checkEvery()),
                time("drain-within", standard.drainWithin()),
                flag("replace-unhealthy", standard.replacesUnhealthy()));
    }

    private AwsSettings.Access access(AwsSettings.Access standard) {
        return new AwsSettings.Access(
                aws.parsed("ssh-from", Ipv4Network::parse),
                flag("ssh-endpoint", standard.endpoint()),
                aws.value("address").map(Value::text));
    }

    private AwsSettings.Operation operation(AwsSettings.Operation standard) {
        return new AwsSettings.Operation(
                aws.value("alarm-mail").map(Value::text),
                aws.number("log-days").orElse(standard.logDays()),
                aws.value("access-logs").map(Value::text),
                kept());
    }

    private Set<AwsSettings.Keep> kept() {
        return aws.values("keep").stream()
                .flatMap(value -> aws.parse(value, AwsSection::keep).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static AwsSettings.Keep keep(String text) {
        return switch (text) {
            case "images" -> AwsSettings.Keep.IMAGES;
            case "logs" -> AwsSettings.Keep.LOGS;
            default -> throw Nearest.notOneOf("thing that a destroy can keep", text, List.of("images", "logs"));
        };
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        aws.free("tags").forEach((key, value) -> tags.put(key, value.text()));
        return AwsSettings.standard(Optional.empty()).with(tags).tags();
    }

    private Duration time(String key, Duration standard) {
        return aws.parsed(key, Durations::parse).orElse(standard);
    }

    private boolean flag(String key, boolean standard) {
        Function<String, Boolean> reader = text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Nearest.notOneOf("word for this", text, List.of("true", "false"));
        };
        return aws.parsed(key, reader).orElse(standard);
    }

    private static int gigabytes(String text) {
        Matcher size = GIGABYTES.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a size; write a whole number of gigabytes, such as 20GB");
        }
        return Integer.parseInt(size.group(1));
    }
}
