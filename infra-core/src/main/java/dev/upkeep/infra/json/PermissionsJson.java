package dev.upkeep.infra.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.spec.AppPermissions;
import java.util.ArrayList;
import java.util.List;

/** What an application may do on Amazon Web Services, in files. */
final class PermissionsJson {

    private static final String POLICIES = "policies";
    private static final String STATEMENTS = "statements";
    private static final String ACTIONS = "actions";
    private static final String RESOURCES = "resources";

    private PermissionsJson() {}

    static void write(AppPermissions permissions, ObjectNode node) {
        if (permissions.isEmpty()) {
            return;
        }
        ArrayNode policies = node.putArray(POLICIES);
        permissions.policies().forEach(policy -> policies.add(policy.arn()));
        ArrayNode statements = node.putArray(STATEMENTS);
        permissions.statements().forEach(statement -> {
            ObjectNode each = statements.addObject();
            ArrayNode actions = each.putArray(ACTIONS);
            statement.actions().forEach(actions::add);
            ArrayNode resources = each.putArray(RESOURCES);
            statement.resources().forEach(resources::add);
        });
    }

    static AppPermissions read(JsonNode node) {
        List<AppPermissions.Statement> statements = new ArrayList<>();
        node.path(STATEMENTS)
                .forEach(each -> statements.add(new AppPermissions.Statement(
                        ReleaseJson.texts(each.required(ACTIONS)), ReleaseJson.texts(each.required(RESOURCES)))));
        return new AppPermissions(
                ReleaseJson.texts(node.path(POLICIES)).stream()
                        .map(AppPermissions.Policy::new)
                        .toList(),
                statements);
    }
}
