package dev.upkeep.infra.release;

import dev.upkeep.infra.failure.InfraException;
import java.util.List;

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
                + " by " + present.createdBy() + explained(present, wanted));
        this.present = present;
    }

    private static String explained(ImageRelease present, ImageRelease wanted) {
        List<String> differences = wanted.differences(present);
        return differences.isEmpty()
                ? " with images of another registry (" + String.join(", ", wanted.moves(present))
                        + "); a release is pulled from where it was tied, so give the other registry a stack of another name"
                : " with other images (" + String.join(", ", differences) + "); give what has changed a new version";
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
