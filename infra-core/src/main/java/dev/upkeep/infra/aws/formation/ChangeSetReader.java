package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ResourceAttribute;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.ResourceTargetDefinition;

/** Reads the changes of a change set. */
final class ChangeSetReader {

    private ChangeSetReader() {}

    static List<ResourceStep> read(List<Change> changes) {
        return changes.stream()
                .flatMap(change -> Optional.ofNullable(change.resourceChange()).stream())
                .map(ChangeSetReader::step)
                .toList();
    }

    private static ResourceStep step(ResourceChange change) {
        ResourceStep.Kind kind = switch (change.actionAsString()) {
            case "Add" -> ResourceStep.Kind.ADD;
            case "Import" -> ResourceStep.Kind.IMPORT;
            case "Remove" -> ResourceStep.Kind.REMOVE;
            default -> ResourceStep.Kind.MODIFY;
        };
        return new ResourceStep(
                change.logicalResourceId(),
                change.resourceType(),
                kind,
                kind == ResourceStep.Kind.MODIFY ? replacement(change) : Replacement.NEVER,
                fields(change),
                keepsData(change));
    }

    private static Replacement replacement(ResourceChange change) {
        return switch (String.valueOf(change.replacementAsString())) {
            case "True" -> Replacement.ALWAYS;
            case "Conditional" -> Replacement.MAYBE;
            default -> Replacement.NEVER;
        };
    }

    private static boolean keepsData(ResourceChange change) {
        String policy = String.valueOf(change.policyActionAsString());
        return policy.contains("Retain") || policy.contains("Snapshot");
    }

    private static List<FieldChange> fields(ResourceChange change) {
        List<FieldChange> fields = new ArrayList<>();
        for (ResourceChangeDetail detail : change.details()) {
            ResourceTargetDefinition target = detail.target();
            // The same property stands there once for its own change, and once for each resource that it refers to.
            // Metadata is read by linters only.
            if (target != null
                    && target.attribute() != ResourceAttribute.METADATA
                    && fields.stream().noneMatch(field -> field.field().equals(name(target)) && hasValue(field))) {
                fields.removeIf(field -> field.field().equals(name(target)));
                fields.add(new FieldChange(name(target), value(target.beforeValue()), value(target.afterValue())));
            }
        }
        return fields;
    }

    private static boolean hasValue(FieldChange field) {
        return !field.from().isEmpty() || !field.to().isEmpty();
    }

    private static String name(ResourceTargetDefinition target) {
        if (target.path() != null) {
            String path = target.path().startsWith("/") ? target.path().substring(1) : target.path();
            return path.startsWith("Properties/") ? path.substring("Properties/".length()) : path;
        }
        return target.attribute() == ResourceAttribute.PROPERTIES && target.name() != null
                ? target.name()
                : target.attributeAsString();
    }

    private static String value(@Nullable String text) {
        return text == null ? "" : text;
    }
}
