package dev.upkeep.infra.bake;

import dev.upkeep.infra.image.reference.Architecture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A machine image that was made for a stack.
 *
 * @param id by which the platform knows it, such as {@code ami-0123456789abcdef0}
 * @param name {@code upkeep-}, the name of the stack, and the hash of the recipe
 * @param state how far it has come
 * @param madeAt when it was made
 * @param contents what it was made of
 * @param gigabytes how large its root disk is; an instance has at least that
 * @param deprecatedAt from when on it is not meant for use any more; empty if it is
 * @param usedBy who has it, such as {@code instance i-0123456789abcdef0}; none if it can go
 */
public record BakedImage(
        String id,
        String name,
        State state,
        Instant madeAt,
        Contents contents,
        int gigabytes,
        Optional<Instant> deprecatedAt,
        List<String> usedBy) {

    /** How far an image has come. */
    public enum State {
        /** The platform still copies the disk. */
        PENDING,
        /** It is there, and no instance of it has served yet, or none was left to show it. */
        UNPROVEN,
        /** An instance of it has served the version and was ready. */
        PROVEN,
        /** The platform could not make it. */
        FAILED
    }

    /**
     * What an image was made of.
     *
     * @param recipe the hash of how it was made, and of all else here
     * @param base the id of the image that it was made from
     * @param architecture for which processors it is, empty if that is not one of those that Upkeep knows
     * @param version of the release whose images it holds
     */
    public record Contents(String recipe, String base, Optional<Architecture> architecture, String version) {}

    /** Copies the list. */
    public BakedImage {
        usedBy = List.copyOf(usedBy);
    }
}
