package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.SpecProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of the environment of an application, each giving the problems it finds. */
final class EnvironmentRules {

    private static final String VALUES = "/app/env/";
    private static final String SECRETS = "/app/secrets/";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** What the platform itself sets for every application. */
    private static final Set<String> TAKEN = Set.of("PORT", "VERSION");

    private static final String TAKEN_PREFIX = "UPKEEP_";

    /** By these an application on AWS finds the credentials of its role. */
    private static final String CREDENTIALS_PREFIX = "AWS_CONTAINER_";

    private EnvironmentRules() {}

    static List<SpecProblem> environment(Map<String, String> values, Set<String> secrets) {
        List<SpecProblem> problems = new ArrayList<>();
        values.forEach((name, value) -> {
            name(VALUES, name).ifPresent(problems::add);
            value(name, value).ifPresent(problems::add);
        });
        for (String name : secrets) {
            name(SECRETS, name).ifPresent(problems::add);
            if (values.containsKey(name)) {
                problems.add(new SpecProblem(
                        SECRETS + name, name + " stands in app.env, too", "write it in one of the two"));
            }
        }
        return problems;
    }

    private static Optional<SpecProblem> name(String section, String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of(new SpecProblem(
                    section + name,
                    "\"" + name + "\" is no name of an environment variable",
                    "use letters, digits and underscores, not beginning with a digit"));
        }
        if (TAKEN.contains(name) || name.startsWith(TAKEN_PREFIX) || name.startsWith(CREDENTIALS_PREFIX)) {
            return Optional.of(new SpecProblem(
                    section + name,
                    "Upkeep itself sets " + name + " for the application",
                    "take another name; PORT, VERSION and what begins with " + TAKEN_PREFIX + " or "
                            + CREDENTIALS_PREFIX + " are taken"));
        }
        return Optional.empty();
    }

    /** The files by which Docker takes an environment have one line for each variable. */
    private static Optional<SpecProblem> value(String name, String value) {
        return value.chars().allMatch(c -> c == '\t' || !Character.isISOControl(c))
                ? Optional.empty()
                : Optional.of(new SpecProblem(
                        VALUES + name,
                        "the value of " + name + " has several lines, or characters that cannot be seen",
                        "write it in one line; for more, put a file into the image"));
    }

    /** A program of this machine has the credentials of whoever starts it. */
    static List<SpecProblem> local(AppPermissions permissions) {
        return permissions.isEmpty()
                ? List.of()
                : List.of(new SpecProblem(
                        AppPermissions.POINTER,
                        "permissions are for the role of an application on AWS, and this stack stands on this machine",
                        "leave them out for platform: local"));
    }

    /** Secrets are resolved on the instances of AWS. */
    static List<SpecProblem> local(AppEnvironment environment) {
        return environment.secrets().keySet().stream()
                .map(name -> new SpecProblem(
                        SECRETS + name,
                        "secrets are read from AWS, and this stack stands on this machine",
                        "write a value for development to app.env: { " + name
                                + ": ... }, and keep app.secrets in the file for platform: aws"))
                .toList();
    }
}
