package dev.upkeep.infra.plan;

import java.util.List;

/**
 * A resource of the stack that a plan leads to, or one that goes on the way there. What happens to it, if anything, is said by a {@link
 * Change}.
 *
 * @param resource its name, as changes give it; no two parts of a plan have the same
 * @param kind what it is, such as {@code EC2 VPC} or {@code HAProxy}
 * @param area what it belongs to, such as {@code network}: parts of one area are shown together
 * @param needs the names of the parts that have to stand before it, in a fixed order
 * @param changesWith the name of the resource whose change changes it too; its own name unless it has no changes of its own
 */
public record Part(String resource, String kind, String area, List<String> needs, String changesWith) {

    /** Copies the list. */
    public Part {
        needs = List.copyOf(needs);
    }

    /**
     * A part with changes of its own.
     *
     * @param resource its name
     * @param kind what it is
     * @param area what it belongs to
     * @param needs the names of the parts that have to stand before it
     * @return the part
     */
    public static Part of(String resource, String kind, String area, List<String> needs) {
        return new Part(resource, kind, area, needs, resource);
    }
}
