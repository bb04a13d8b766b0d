package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Value;
import java.util.List;

/** Documents of IAM that say who may do what, and the names of resources in them. */
final class IamPolicy {

    private static final String ARN = "arn:${AWS::Partition}:";

    private IamPolicy() {}

    static Fields document(List<? extends Value> statements) {
        return Fields.of("Version", "2012-10-17").with("Statement", Value.list(statements));
    }

    static Fields allow(String purpose, Value actions, Value resources) {
        return statement("Allow", purpose, actions, resources);
    }

    /** Whatever else allows it. */
    static Fields deny(String purpose, Value actions, Value resources) {
        return statement("Deny", purpose, actions, resources);
    }

    private static Fields statement(String effect, String purpose, Value actions, Value resources) {
        return Fields.of("Sid", purpose)
                .with("Effect", effect)
                .with("Action", actions)
                .with("Resource", resources);
    }

    /** A resource of the account, in the region of the stack. */
    static Value here(String service, String resource) {
        return Value.filled(ARN + service + ":${AWS::Region}:${AWS::AccountId}:" + resource);
    }

    /** A resource of the account that belongs to no region. */
    static Value anywhere(String service, String resource) {
        return Value.filled(ARN + service + "::${AWS::AccountId}:" + resource);
    }

    /** A role with a description, whoever may take it, and what the account demands of every role. */
    static Fields role(String description, Fields trust, Design design) {
        return Fields.of("Description", description)
                .with("AssumeRolePolicyDocument", document(List.of(trust)))
                .withIfAny(
                        "PermissionsBoundary",
                        design.aws().server().permissionsBoundary().map(Value::of));
    }
}
