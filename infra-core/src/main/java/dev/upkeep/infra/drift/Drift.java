package dev.upkeep.infra.drift;

import java.util.List;

/**
 * What was found when a stack was compared with what is really there.
 *
 * @param resources those that are not as their stack describes them
 * @param unchecked the names of the resources that could not be compared
 * @param notes what was looked at, and what else to know, in one sentence each
 */
public record Drift(List<DriftedResource> resources, List<String> unchecked, List<String> notes) {

    /** Copies the lists. */
    public Drift {
        resources = List.copyOf(resources);
        unchecked = List.copyOf(unchecked);
        notes = List.copyOf(notes);
    }

    /**
     * Nothing was found.
     *
     * @param why what was looked at, in one sentence
     * @return an empty drift
     */
    public static Drift none(String why) {
        return new Drift(List.of(), List.of(), List.of(why));
    }

    /**
     * Whether everything that could be compared is as described.
     *
     * @return true if no resource differs
     */
    public boolean isEmpty() {
        return resources.isEmpty();
    }
}
