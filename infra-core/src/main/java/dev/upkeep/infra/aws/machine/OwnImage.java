package dev.upkeep.infra.aws.machine;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
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

    /** The tag with the moment at which an image that has served was last made the one to take. */
    public static final String PROVEN_TAG = "upkeep:proven";

    /** First those that were last made the one to take, or made if they never were. */
    public static final Comparator<OwnImage> NEWEST_FIRST = Comparator.comparing(OwnImage::lastWanted)
            .thenComparing(OwnImage::madeAt)
            .thenComparing(OwnImage::id)
            .reversed();

    private static final String PENDING = "pending";

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
     * One that EC2 has only begun to make.
     *
     * @param id as EC2 has told it
     * @param name of the image
     * @return pending, and all else is not known yet
     */
    public static OwnImage begun(String id, String name) {
        return new OwnImage(id, name, PENDING, "", Instant.EPOCH, Optional.empty(), new Disk(0, List.of()), Map.of());
    }

    /** A tag that somebody has written by hand counts for nothing. */
    private Instant lastWanted() {
        try {
            return Instant.parse(tags.getOrDefault(PROVEN_TAG, ""));
        } catch (DateTimeParseException never) {
            return madeAt;
        }
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
        return state.equals(PENDING) || state.equals("transient");
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
