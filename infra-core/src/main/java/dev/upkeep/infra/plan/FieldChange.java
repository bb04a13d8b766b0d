package dev.upkeep.infra.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One setting that changes.
 *
 * @param field its name
 * @param from the present value, empty if there is none
 * @param to the value it will have, empty if there will be none
 */
public record FieldChange(String field, String from, String to) {

    /**
     * In which fields two things differ.
     *
     * @param from the present values by the names of the fields
     * @param to the values they will have
     * @return what changes in the order of the wanted fields; then what will have no value any more
     */
    public static List<FieldChange> between(Map<String, String> from, Map<String, String> to) {
        Set<String> fields = new LinkedHashSet<>(to.keySet());
        fields.addAll(from.keySet());
        return fields.stream()
                .map(field -> new FieldChange(field, from.getOrDefault(field, ""), to.getOrDefault(field, "")))
                .filter(change -> !change.from().equals(change.to()))
                .toList();
    }
}
