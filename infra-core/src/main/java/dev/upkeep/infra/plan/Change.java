package dev.upkeep.infra.plan;

import java.util.List;

/**
 * What will be done to one resource.
 *
 * @param resource which one, such as {@code instance i1} or {@code edge}
 * @param action what will be done to it
 * @param fields the settings that change, in a fixed order; empty for a restart
 * @param reason why, in one phrase for people
 */
public record Change(String resource, Action action, List<FieldChange> fields, String reason) {

    /** Copies the list. */
    public Change {
        fields = List.copyOf(fields);
    }
}
