package dev.upkeep.infra.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stood when a plan was made, so far as the plan depends on it.
 *
 * @param facts one line for each resource, such as {@code instance i1} to {@code version 1.0.6, in rotation, sound}
 */
public record Basis(SortedMap<String, String> facts) {

    /** Copies the map. */
    public Basis {
        facts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /**
     * Makes a basis of facts in any order.
     *
     * @param facts one line for each resource
     * @return the basis
     */
    public static Basis of(Map<String, String> facts) {
        return new Basis(new TreeMap<>(facts));
    }

    /**
     * What changed since.
     *
     * @param now what stands now
     * @return one line for each resource that differs; empty if none does
     */
    public List<String> changesTo(Basis now) {
        SortedMap<String, String> all = new TreeMap<>(facts);
        all.putAll(now.facts);
        List<String> changes = new ArrayList<>();
        for (String resource : all.keySet()) {
            String before = facts.getOrDefault(resource, "not there");
            String after = now.facts.getOrDefault(resource, "not there");
            if (!before.equals(after)) {
                changes.add(resource + " was " + before + ", is now " + after);
            }
        }
        return changes;
    }
}
