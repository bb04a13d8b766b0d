package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.aws.template.DeployedTemplate;
import dev.upkeep.infra.plan.FieldChange;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the properties that change are, and what they will be: as the change set tells it. Of large values it gives a signature only
 * ("Large values can be truncated", says the API reference of ResourceTargetDefinition), and of some none; these are taken from the two templates.
 */
final class PropertyValues {

    private static final String TRUNCATED = "(Truncated-Signature)";

    private final Supplier<DeployedTemplate> standing;
    private final DeployedTemplate next;
    private @Nullable DeployedTemplate before;

    /**
     * Of two templates.
     *
     * @param standing gives the one that the stack has; asked only when it is needed
     * @param next the one that it will have
     */
    PropertyValues(Supplier<DeployedTemplate> standing, String next) {
        this.standing = standing;
        this.next = DeployedTemplate.of(next);
    }

    List<ResourceStep> in(List<ResourceStep> steps) {
        return steps.stream()
                .map(step -> step.kind() == ResourceStep.Kind.MODIFY ? told(step) : step)
                .toList();
    }

    private ResourceStep told(ResourceStep step) {
        return step.withFields(step.fields().stream()
                .flatMap(field ->
                        (isTold(field) ? DeployedTemplate.parts(field) : ofTemplates(step.name(), field)).stream())
                .distinct()
                .toList());
    }

    private static boolean isTold(FieldChange field) {
        boolean isThere = !field.from().isEmpty() || !field.to().isEmpty();
        return isThere && !field.from().startsWith(TRUNCATED) && !field.to().startsWith(TRUNCATED);
    }

    private List<FieldChange> ofTemplates(String resource, FieldChange field) {
        List<FieldChange> changes = before().changes(resource, next).stream()
                .filter(change ->
                        change.field().equals(field.field()) || change.field().startsWith(field.field() + "/"))
                .toList();
        return changes.isEmpty() ? List.of(new FieldChange(field.field(), "", "")) : changes;
    }

    private DeployedTemplate before() {
        DeployedTemplate read = before == null ? standing.get() : before;
        before = read;
        return read;
    }
}
