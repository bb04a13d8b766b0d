package dev.upkeep.infra.inventory;

/**
 * What an instance serves.
 *
 * @param version what {@code /version.txt} says
 * @param site a digest of what nginx serves itself, or {@link #NONE}
 * @param app what runs behind nginx, in words that differ when the application does: a command, or the digest of an image
 */
public record Release(String version, String site, String app) {

    /** Stands for the digest of a site that is not there. */
    public static final String NONE = "none";

    /**
     * The same content under another version.
     *
     * @param other the version
     * @return a new release
     */
    public Release withVersion(String other) {
        return new Release(other, site, app);
    }
}
