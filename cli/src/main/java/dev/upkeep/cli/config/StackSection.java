package dev.upkeep.cli.config;

import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.AppSpec;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.ImageSettings;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the stack itself. The rules are those of infra-core; this class adds the line numbers to what they refuse. */
final class StackSection {

    /** Takes the place of a missing value, so that the rest can be checked. The missing value itself is a problem, so no caller sees this. */
    private static final String PLACEHOLDER = "x";

    private static final String NONE = "none";

    private final Section root;
    private final Path folder;
    private final Problems problems;

    StackSection(Section root, Path folder, Problems problems) {
        this.root = root;
        this.folder = folder;
        this.problems = problems;
    }

    Optional<StackSpec> read() {
        StackSpecBuilder builder = StackSpec.builder(required("stack", "name the stack"), version());
        builder.baseFolder(folder);
        root.parsed("shape", StackSection::shape).ifPresent(builder::shape);
        root.number("instances").ifPresent(builder::instances);
        root.parsed("site", StackSection::path).ifPresent(builder::site);
        settings(builder);
        if (root.isWord("app", NONE)) {
            builder.withoutApp();
        } else {
            root.section("app", ConfigKeys.APP).ifPresent(app -> app(app, builder));
        }
        root.section("images", ConfigKeys.IMAGES).ifPresent(images -> images(images, builder));
        root.section("nginx", ConfigKeys.NGINX).map(NginxSection::read).ifPresent(builder::nginx);
        root.section("domain", ConfigKeys.DOMAIN).ifPresent(domain -> domain(domain, builder));
        return build(builder);
    }

    /** The settings of the other platform may stand in the file too; they are checked, and then left alone. */
    private void settings(StackSpecBuilder builder) {
        Optional<String> region = root.value("region").map(Value::text);
        boolean aws = root.value("platform")
                .map(Value::text)
                .filter(AwsSettings.PLATFORM::equals)
                .isPresent();
        AwsSettings standard = AwsSettings.standard(Optional.empty());
        builder.aws(root.section("aws", ConfigKeys.AWS)
                .map(section -> new AwsSection(section, this::report).read(Optional.empty()))
                .orElse(standard));
        region.ifPresent(builder::aws);
        builder.local(0);
        root.section("local", ConfigKeys.LOCAL).ifPresent(local -> local(local, builder));
        if (aws) {
            builder.aws();
        }
    }

    private static void local(Section local, StackSpecBuilder builder) {
        local.number("port").ifPresent(builder::local);
        local.parsed("engine", StackSection::engine).ifPresent(builder::engine);
        local.value("network").map(Value::text).ifPresent(builder::network);
    }

    private static LocalSettings.Engine engine(String text) {
        List<String> words = Arrays.stream(LocalSettings.Engine.values())
                .map(LocalSettings.Engine::text)
                .toList();
        return Arrays.stream(LocalSettings.Engine.values())
                .filter(engine -> engine.text().equals(text))
                .findFirst()
                .orElseThrow(() -> Nearest.notOneOf("known engine", text, words));
    }

    String version() {
        return required("version", "say what /version.txt must answer");
    }

    private String required(String key, String what) {
        if (!root.has(key)) {
            problems.add(Position.START, "the key \"" + key + "\" is missing; " + what);
        }
        return root.value(key).map(Value::text).orElse(PLACEHOLDER);
    }

    private static Shape shape(String text) {
        List<String> words = Arrays.stream(Shape.values()).map(Shape::text).toList();
        return Arrays.stream(Shape.values())
                .filter(shape -> shape.text().equals(text))
                .findFirst()
                .orElseThrow(() -> Nearest.notOneOf("shape", text, words));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a path: " + e.getReason(), e);
        }
    }

    private void app(Section app, StackSpecBuilder builder) {
        String image = app.value("image").map(Value::text).orElse(AppSpec.SAMPLE_IMAGE);
        builder.app(image, app.number("port").orElse(AppSpec.DEFAULT_PORT));
        app.value("base").map(Value::text).ifPresent(builder::appBase);
        builder.command(command(app));
        AppHealth health = app.parsed("health", StackSection::health).orElseGet(AppHealth::standard);
        builder.health(app.parsed("health-limit", limit(health)).orElse(health));
        builder.environment(new EnvironmentSection(app, problems, this::report).read());
        builder.permissions(new PermissionsSection(app, problems, this::report).read());
    }

    /** A command is shown in plans and kept with the stack, so nothing secret may stand in it. */
    private List<String> command(Section app) {
        List<Value> command = app.values("command");
        command.stream()
                .filter(Value::isFromEnvironment)
                .forEach(
                        word -> problems.add(
                                word.position(),
                                "app.command is shown in plans, so it takes nothing from the environment; the application has the"
                                        + " whole environment itself, and in [sh, -c, \"exec server --token=$TOKEN\"] the shell puts it in"));
        return command.stream().map(Value::text).toList();
    }

    private void images(Section images, StackSpecBuilder builder) {
        ImageSettings standard = ImageSettings.standard();
        Optional<String> nginx = images.value("nginx").map(Value::text);
        List<Architecture> platforms = images.values("platforms").stream()
                .flatMap(value -> images.parse(value, Architecture::parse).stream())
                .toList();
        try {
            builder.images(new ImageSettings(
                    images.value("registry").map(Value::text),
                    nginx.orElse(standard.nginx()),
                    platforms.isEmpty() ? standard.platforms() : platforms));
        } catch (InvalidSpecException e) {
            e.problems().forEach(this::report);
        }
    }

    private static AppHealth health(String text) {
        return text.equals(NONE) ? AppHealth.anyAnswer() : AppHealth.at(text);
    }

    private static Function<String, AppHealth> limit(AppHealth health) {
        return text -> health.within(Durations.parse(text));
    }

    private void domain(Section domain, StackSpecBuilder builder) {
        Optional<Value> name = domain.value("name");
        Optional<Value> zone = domain.value("zone");
        for (String key : ConfigKeys.DOMAIN) {
            if (!domain.has(key)) {
                problems.add(domain.position(), "a domain needs both a name and a zone; \"" + key + "\" is missing");
            }
        }
        if (name.isPresent() && zone.isPresent()) {
            builder.domain(name.get().text(), zone.get().text());
        }
    }

    private Optional<StackSpec> build(StackSpecBuilder builder) {
        try {
            return Optional.of(builder.build());
        } catch (InvalidSpecException e) {
            e.problems().forEach(this::report);
            return Optional.empty();
        }
    }

    private void report(SpecProblem problem) {
        String message = problem.message() + "; " + problem.hint();
        Optional<Value> value = root.readAt(problem.pointer());
        problems.add(
                value.map(Value::position).orElse(Position.START),
                value.map(found -> found.shown(message)).orElse(message));
    }
}
