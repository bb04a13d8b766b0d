package dev.upkeep.infra.release;

import dev.upkeep.infra.failure.InfraException;

/** A version is tied to other images already. Nothing was changed: what a version means never changes. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class ReleaseTakenException extends InfraException {

    private final ImageRelease present;

    /**
     * Says what is there and what was to be.
     *
     * @param stack the stack's name
     * @param present the release that is there
     * @param wanted the release that was to be kept
     */
    public ReleaseTakenException(String stack, ImageRelease present, ImageRelease wanted) {
        super("Tried to make release " + wanted.version() + " of stack " + stack + ": it was made at "
                + present.created()
                + " by " + present.createdBy() + " with other images (" + String.join(", ", wanted.differences(present))
                + "); give what has changed a new version");
        this.present = present;
    }

    /**
     * What is there.
     *
     * @return the release of that version
     */
    public ImageRelease present() {
        return present;
    }
}
