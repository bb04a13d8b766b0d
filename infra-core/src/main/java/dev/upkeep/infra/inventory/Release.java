package dev.upkeep.infra.inventory;

import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.NginxLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an instance serves, as a value.
 *
 * @param version what {@code /version.txt} says
 * @param site the digest of the static files that nginx serves, empty if it serves none; of images that are still to be built, that of everything they
 *     are made of
 * @param application what runs behind nginx
 * @param environment what the application finds in its environment, beside {@code PORT} and {@code VERSION}
 * @param nginx what nginx allows one request
 * @param containers how it runs in containers; empty where files and programs of the machine are used
 */
public record Release(
        String version,
        Optional<String> site,
        Application application,
        AppEnvironment environment,
        NginxLimits nginx,
        Optional<Containers> containers) {

    /**
     * How a release runs in containers.
     *
     * @param web the image of the nginx that holds version and site, with its digest
     * @param network the network that the containers join
     */
    public record Containers(ImageReference web, String network) {

        /**
         * Checks the image.
         *
         * @throws IllegalArgumentException if it has no digest
         */
        public Containers {
            if (web.digest().isEmpty()) {
                throw new IllegalArgumentException("the image " + web + " has no digest");
            }
        }
    }

    /**
     * Of files and programs of the machine, with nothing in the environment.
     *
     * @param version what {@code /version.txt} says
     * @param site the digest of the static files that nginx serves, empty if it serves none
     * @param application what runs behind nginx
     * @param nginx what nginx allows one request
     */
    public Release(String version, Optional<String> site, Application application, NginxLimits nginx) {
        this(version, site, application, AppEnvironment.none(), nginx, Optional.empty());
    }

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
     * The same content under another version. Images cannot be called by another: they hold it.
     *
     * @param other the version
     * @return a new release of files and programs of the machine
     */
    public Release withVersion(String other) {
        return new Release(other, site, application, environment, nginx, Optional.empty());
    }

    /**
     * The images that it consists of.
     *
     * @return none for a release of files and programs of the machine
     */
    public List<ImageReference> images() {
        List<ImageReference> images = new ArrayList<>();
        containers.map(Containers::web).ifPresent(images::add);
        if (application instanceof Application.Image image) {
            images.add(image.reference());
        }
        return images;
    }
}
