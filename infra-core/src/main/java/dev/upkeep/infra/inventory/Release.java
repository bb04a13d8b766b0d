package dev.upkeep.infra.inventory;

import dev.upkeep.infra.spec.NginxLimits;
import java.util.Optional;

/**
 * What an instance serves, as a value.
 *
 * @param version what {@code /version.txt} says
 * @param site the digest of the static files that nginx serves, empty if it serves none
 * @param application what runs behind nginx
 * @param nginx what nginx allows one request
 */
public record Release(String version, Optional<String> site, Application application, NginxLimits nginx) {

    /**
     * With what nginx allows unless told otherwise.
     *
     * @param version what {@code /version.txt} says
     * @param site the digest of the static files that nginx serves, empty if it serves none
     * @param application what runs behind nginx
     */
    public Release(String version, Optional<String> site, Application application) {
        this(version, site, application, NginxLimits.standard());
    }

    /**
     * The same content under another version.
     *
     * @param other the version
     * @return a new release
     */
    public Release withVersion(String other) {
        return new Release(other, site, application, nginx);
    }
}
