package dev.upkeep.infra.image;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.image.reference.ImageReference;

/** A tag stands for another image already. Nothing was sent: what a version means never changes. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class TagTakenException extends InfraException {

    private final ImageReference reference;
    private final String present;
    private final String wanted;

    /**
     * Says what is there and what was to be sent.
     *
     * @param reference the name with the tag
     * @param present the digest of the image that is there
     * @param wanted the digest of the image that was to be sent
     */
    public TagTakenException(ImageReference reference, String present, String wanted) {
        super("Tried to send " + reference + " with digest " + wanted
                + ": the registry has another image under this tag, " + present
                + "; give what has changed a new version, or take back what changed (files, base, configuration)");
        this.reference = reference;
        this.present = present;
        this.wanted = wanted;
    }

    /**
     * The name.
     *
     * @return with the tag that is taken
     */
    public ImageReference reference() {
        return reference;
    }

    /**
     * What is there.
     *
     * @return its digest
     */
    public String present() {
        return present;
    }

    /**
     * What was to be sent.
     *
     * @return its digest
     */
    public String wanted() {
        return wanted;
    }
}
