package dev.upkeep.infra.drift;

import dev.upkeep.infra.plan.FieldChange;
import java.util.List;

/**
 * A resource that is not as its stack describes it.
 *
 * @param resource which one, as plans call it
 * @param kind in one word
 * @param fields what differs, from what is expected to what was found; empty if it is gone
 * @param next what an apply does about it, and what else puts it right, in one sentence
 */
public record DriftedResource(String resource, Kind kind, List<FieldChange> fields, String next) {

    /** What was done to it, in one word. */
    public enum Kind {
        /** It has other settings. */
        MODIFIED,
        /** It is gone. */
        DELETED
    }

    /** Copies the list. */
    public DriftedResource {
        fields = List.copyOf(fields);
    }
}
