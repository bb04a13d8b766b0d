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

    /**
     * The images that may go: those whose tags are semantic versions, older than the newest ones, and not in use. Where a
     * digest has several tags, all of them have to be old.
     *
     * @param images everything that the repository has
     * @param keep how many of the newest versions stay, zero or more
     * @param inUse digests that stay, whatever their age
     * @return what may be deleted, oldest first
     */
    public static List<TaggedImage> of(List<TaggedImage> images, int keep, Set<String> inUse) {
        List<TaggedImage> versions = new ArrayList<>(images.stream()
                .filter(image -> VersionOrder.isOrdered(image.tag()))
                .toList());
        versions.sort((left, right) -> VersionOrder.isOlder(left.tag(), right.tag())
                ? -1
                : VersionOrder.isOlder(right.tag(), left.tag()) ? 1 : left.tag().compareTo(right.tag()));
        List<TaggedImage> old = versions.subList(0, Math.max(0, versions.size() - keep));
        Set<String> staying = new HashSet<>(inUse);
        images.stream().filter(image -> !old.contains(image)).forEach(image -> staying.add(image.digest()));
        return old.stream().filter(image -> !staying.contains(image.digest())).toList();
    }
}
