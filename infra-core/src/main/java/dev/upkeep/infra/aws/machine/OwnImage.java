package dev.upkeep.infra.aws.machine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A machine image of the account.
 *
 * @param id its id
 * @param name which no other image of the account in the region has
 * @param state as EC2 has it, such as {@code available}
 * @param architecture as EC2 has it, such as {@code arm64}
 * @param madeAt when it was made
 * @param deprecatedAt from when on EC2 shows it to nobody else; empty if it does
 * @param disk what its root disk is made of
 * @param tags by key
 */
public record OwnImage(
        String id,
        String name,
        String state,
        String architecture,
        Instant madeAt,
        Optional<Instant> deprecatedAt,
        Disk disk,
        Map<String, String> tags) {

    /** The tag with the moment at which an instance of the image had served. */
    public static final String PROVEN_TAG = "upkeep:proven";

    /**
     * The disks of an image.
     *
     * @param gigabytes the size of the root disk, 0 if EC2 does not say it
     * @param snapshots the ids of all snapshots, none as long as they are not begun
     */
    public record Disk(int gigabytes, List<String> snapshots) {

        /** Copies the list. */
        public Disk {
            snapshots = List.copyOf(snapshots);
        }
    }

    /** Copies the tags. */
    public OwnImage {
        tags = Map.copyOf(new TreeMap<>(tags));
    }

    /**
     * Whether instances can be made of it.
     *
     * @return false as long as EC2 copies the disk, and if that failed
     */
    public boolean isAvailable() {
        return state.equals("available");
    }

    /**
     * Whether EC2 still makes it.
     *
     * @return false once it is available, or never will be
     */
    public boolean isPending() {
        return state.equals("pending") || state.equals("transient");
    }

    /**
     * Whether an instance of it has served.
     *
     * @return true if the next instances may be made of it
     */
    public boolean isProven() {
        return isAvailable() && tags.containsKey(PROVEN_TAG);
    }
}
