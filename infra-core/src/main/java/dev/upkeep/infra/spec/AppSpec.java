package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import java.util.List;
import java.util.Optional;

/**
 * The upstream application behind nginx.
 *
 * @param image an image reference, or a folder to build one from, relative to the spec's base folder;
 *     {@link #SAMPLE_IMAGE} is the application that comes with Upkeep
 * @param base what a folder is laid on when an image is made of it: an image on a registry, a tar file or a folder in OCI
 *     layout; empty where no image is built
 * @param port the port it listens on within its server, 1 to 65535. The local platform, where all instances share one
 *     machine, gives each its own port instead
 * @param command what the local platform runs, program first, with {@code PORT} and {@code VERSION} in its environment
 *     and the spec's base folder as working directory; empty runs the built-in sample application. An image made of a
 *     folder runs it there, in {@code /app}
 * @param health how it says that it can serve users
 * @param environment what it finds in its environment beside that
 * @param permissions what it may do on Amazon Web Services
 */
public record AppSpec(
        String image,
        Optional<String> base,
        int port,
        List<String> command,
        AppHealth health,
        AppEnvironment environment,
        AppPermissions permissions) {

    /** The image of the application that comes with Upkeep. */
    public static final String SAMPLE_IMAGE = "upkeep-sample";

    /** The port an application listens on unless told otherwise. */
    public static final int DEFAULT_PORT = 8080;

    /**
     * Checks and copies.
     *
     * @throws InvalidSpecException if the image is blank, the port out of range, or the command's program blank
     */
    public AppSpec {
        command = List.copyOf(command);
        SpecRules.throwIfAny(SpecRules.app(image, port, command));
    }

    /**
     * The application that comes with Upkeep: a small page that shows its version.
     *
     * @return the sample on {@link #DEFAULT_PORT}
     */
    public static AppSpec sample() {
        return new AppSpec(
                SAMPLE_IMAGE,
                Optional.empty(),
                DEFAULT_PORT,
                List.of(),
                AppHealth.standard(),
                AppEnvironment.none(),
                AppPermissions.none());
    }
}
