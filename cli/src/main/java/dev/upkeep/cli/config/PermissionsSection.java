package dev.upkeep.cli.config;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.spec.AppPermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads what an application may do on AWS: policies by their ARN, and statements. */
final class PermissionsSection {

    private final Section app;
    private final Problems problems;
    private final Consumer<SpecProblem> rules;
    private final List<AppPermissions.Policy> policies = new ArrayList<>();
    private final List<AppPermissions.Statement> statements = new ArrayList<>();

    PermissionsSection(Section app, Problems problems, Consumer<SpecProblem> rules) {
        this.app = app;
        this.problems = problems;
        this.rules = rules;
    }

    AppPermissions read() {
        app.each("permissions", this::policy, this::statement);
        try {
            return new AppPermissions(policies, statements);
        } catch (InvalidSpecException e) {
            e.problems().forEach(rules);
            return AppPermissions.none();
        }
    }

    private void policy(Value value) {
        app.parse(value, AppPermissions.Policy::new).ifPresent(policies::add);
    }

    private void statement(Section section) {
        section.allowing(ConfigKeys.STATEMENT);
        try {
            statements.add(new AppPermissions.Statement(section.list("actions"), section.list("resources")));
        } catch (InvalidSpecException e) {
            e.problems()
                    .forEach(problem -> problems.add(section.position(), problem.message() + "; " + problem.hint()));
        }
    }
}
