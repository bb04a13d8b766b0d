package dev.upkeep.infra.plan;

import java.util.List;
import java.util.Optional;

/**
 * What will be done to one resource.
 *
 * @param resource which one, such as {@code instance i1} or {@code edge}
 * @param action what will be done to it
 * @param fields the settings that change, in a fixed order; empty for a restart
 * @param reason why, in one phrase for people
 * @param replacement whether the resource is made anew
 * @param impact what users notice of it
 * @param monthly what it adds to the costs of a month; empty where the platform has no prices
 */
public record Change(
        String resource,
        Action action,
        List<FieldChange> fields,
        String reason,
        Replacement replacement,
        Impact impact,
        Optional<Money> monthly) {

    /** Copies the list. */
    public Change {
        fields = List.copyOf(fields);
    }
}
