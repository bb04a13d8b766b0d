package dev.upkeep.infra.plan;

/**
 * What an instance serves.
 *
 * @param version what {@code /version.txt} says
 * @param site a digest of the static files, or {@link #NONE}
 * @param app what runs behind nginx, in words that differ when the application does
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
