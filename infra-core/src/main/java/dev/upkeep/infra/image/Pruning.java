package dev.upkeep.infra.image;

import dev.upkeep.infra.image.registry.TaggedImage;
import dev.upkeep.infra.plan.VersionOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides which images of a repository are no longer needed. */
public final class Pruning {

    private Pruning() {}

    /** What lies behind digests. */
    @FunctionalInterface
    public interface Indexes {

        /**
         * What an image consists of.
         *
         * @param digest of the image
         * @return the digests of the images of an index; none for an image, and for what is not there
         * @throws InterruptedException if the calling thread is interrupted
         */
        Set<String> parts(String digest) throws InterruptedException;
    }

    /**
     * The images that may go: those whose tags are semantic versions, older than the newest ones, and not in use. Where a
     * digest has several tags, all of them have to be old. What an index that stays consists of stays too: the image of one
     * platform can be an older version as well.
     *
     * @param images everything that the repository has
     * @param keep how many of the newest versions stay, zero or more
     * @param inUse digests that stay, whatever their age
     * @param indexes says what an image consists of; asked only if something would go
     * @return what may be deleted, oldest first
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static List<TaggedImage> of(List<TaggedImage> images, int keep, Set<String> inUse, Indexes indexes)
            throws InterruptedException {
        List<TaggedImage> versions = new ArrayList<>(images.stream()
                .filter(image -> VersionOrder.isOrdered(image.tag()))
                .toList());
        versions.sort((left, right) -> VersionOrder.isOlder(left.tag(), right.tag())
                ? -1
                : VersionOrder.isOlder(right.tag(), left.tag()) ? 1 : left.tag().compareTo(right.tag()));
        List<TaggedImage> old = versions.subList(0, Math.max(0, versions.size() - keep));
        Set<String> staying = new HashSet<>(inUse);
        images.stream().filter(image -> !old.contains(image)).forEach(image -> staying.add(image.digest()));
        List<TaggedImage> going = without(staying, old);
        if (going.isEmpty()) {
            return going;
        }
        Set<String> parts = new HashSet<>();
        for (String digest : staying) {
            parts.addAll(indexes.parts(digest));
        }
        return without(parts, going);
    }

    private static List<TaggedImage> without(Set<String> digests, List<TaggedImage> images) {
        return images.stream()
                .filter(image -> !digests.contains(image.digest()))
                .toList();
    }
}
