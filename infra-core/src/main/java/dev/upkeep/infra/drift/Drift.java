package dev.upkeep.infra.drift;

import java.util.List;

/**
 * What was found when a stack was compared with what is really there.
 *
 * @param resources those that are not as their stack describes them
 * @param compared how many were compared
 * @param unchecked the names of the resources that were not
 * @param failures why the comparison failed in part, in one sentence each; empty if it did not
 * @param notes what was looked at, and what else to know, in one sentence each
 */
public record Drift(
        List<DriftedResource> resources,
        int compared,
        List<String> unchecked,
        List<String> failures,
        List<String> notes) {

    /** Copies the lists. */
    public Drift {
        resources = List.copyOf(resources);
        unchecked = List.copyOf(unchecked);
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
    }

    /**
     * There was nothing to compare.
     *
     * @param why in one sentence
     * @return an empty drift
     */
    public static Drift none(String why) {
        return new Drift(List.of(), 0, List.of(), List.of(), List.of(why));
    }

    /**
     * Whether everything that was compared is as described.
     *
     * @return true if no resource differs
     */
    public boolean isEmpty() {
        return resources.isEmpty();
    }
}
