package dev.upkeep.cli.config;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.SecretReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads what an application finds in its environment: plain values, and where the secret ones lie. */
final class EnvironmentSection {

    private final Section app;
    private final Problems problems;
    private final Consumer<SpecProblem> rules;

    EnvironmentSection(Section app, Problems problems, Consumer<SpecProblem> rules) {
        this.app = app;
        this.problems = problems;
        this.rules = rules;
    }

    AppEnvironment read() {
        try {
            return new AppEnvironment(values(), secrets());
        } catch (InvalidSpecException e) {
            e.problems().forEach(rules);
            return AppEnvironment.none();
        }
    }

    /** They are shown in plans and kept with the stack, so nothing secret may stand in them. */
    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        app.free("env").forEach((name, value) -> {
            if (value.isFromEnvironment()) {
                problems.add(
                        value.position(),
                        "app.env is shown in plans, so it takes nothing from the environment; write the value itself,"
                                + " or where it lies on AWS in app.secrets");
            } else {
                values.put(name, value.text());
            }
        });
        return values;
    }

    private Map<String, SecretReference> secrets() {
        Map<String, SecretReference> secrets = new LinkedHashMap<>();
        app.free("secrets")
                .forEach((name, value) ->
                        app.parse(value, SecretReference::parse).ifPresent(reference -> secrets.put(name, reference)));
        return secrets;
    }
}
