package dev.upkeep.infra.bake;

import dev.upkeep.infra.spec.StackName;
import java.util.List;

/**
 * Which machine images of a stack would go, and which stay.
 *
 * @param stack its name
 * @param going images that nobody uses and nobody needs
 * @param staying all others, each with the reason
 * @param leftovers what was left behind when images were made or removed and the process was ended, for people
 */
public record Pruning(StackName stack, List<BakedImage> going, List<Staying> staying, List<String> leftovers) {

    /**
     * An image that stays.
     *
     * @param image the image
     * @param reason why, such as {@code used by instance i-0123456789abcdef0}
     */
    public record Staying(BakedImage image, String reason) {}

    /** Copies the lists. */
    public Pruning {
        going = List.copyOf(going);
        staying = List.copyOf(staying);
        leftovers = List.copyOf(leftovers);
    }

    /**
     * Whether nothing would go.
     *
     * @return true if nothing has to be done
     */
    public boolean isEmpty() {
        return going.isEmpty() && leftovers.isEmpty();
    }
}
