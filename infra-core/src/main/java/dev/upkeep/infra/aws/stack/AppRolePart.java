package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.AppPermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The role of the application, with what the user allows it and nothing else. The instances take it for the application, which can ask for no
 * other: the role of the instances is one hop too far for a container.
 */
final class AppRolePart {

    static final String ROLE = "AppRole";

    private final Design design;
    private final AppPermissions permissions;

    AppRolePart(Design design) {
        this.design = design;
        this.permissions = design.spec().permissions();
    }

    List<Resource> resources() {
        return permissions.isEmpty() ? List.of() : List.of(Resource.of(ROLE, "AWS::IAM::Role", properties()));
    }

    private Fields properties() {
        Fields trust = Fields.of("Sid", "OnlyTheInstances")
                .with("Effect", "Allow")
                .with("Principal", Fields.of("AWS", Value.attribute(RolePart.ROLE, "Arn")))
                .with("Action", "sts:AssumeRole");
        return IamPolicy.role("What the application of " + design.name() + " may do", trust, design)
                .withIfAny("ManagedPolicyArns", policies())
                .withIfAny("Policies", statements());
    }

    private Optional<Value> policies() {
        return permissions.policies().isEmpty()
                ? Optional.empty()
                : Optional.of(Value.texts(permissions.policies().stream()
                        .map(AppPermissions.Policy::arn)
                        .toList()));
    }

    private Optional<Value> statements() {
        List<Fields> statements = new ArrayList<>();
        for (AppPermissions.Statement statement : permissions.statements()) {
            statements.add(IamPolicy.allow(
                    "Application" + (statements.size() + 1),
                    Value.texts(statement.actions()),
                    Value.texts(statement.resources())));
        }
        return statements.isEmpty()
                ? Optional.empty()
                : Optional.of(Value.list(
                        Fields.of("PolicyName", "application").with("PolicyDocument", IamPolicy.document(statements))));
    }
}
