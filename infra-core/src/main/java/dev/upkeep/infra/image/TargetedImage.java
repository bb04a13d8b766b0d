package dev.upkeep.infra.image;

import java.util.Optional;

/** An image that can be built, with where it goes. Immutable. */
public final class TargetedImage {

    private final PreparedImage image;
    private final ImageTarget target;
    private final Optional<FoundTag> tag;

    TargetedImage(PreparedImage image, ImageTarget target, Optional<FoundTag> tag) {
        this.image = image;
        this.target = target;
        this.tag = tag;
    }

    /**
     * Whether its tag stood for an image when the registry was asked. To deliver it then means to compare both.
     *
     * @return false if the tag was free, or the image goes to no registry
     */
    public boolean isTagTaken() {
        return tag.flatMap(FoundTag::digest).isPresent();
    }

    PreparedImage image() {
        return image;
    }

    ImageTarget target() {
        return target;
    }

    /** Present for a registry. */
    Optional<FoundTag> tag() {
        return tag;
    }
}
