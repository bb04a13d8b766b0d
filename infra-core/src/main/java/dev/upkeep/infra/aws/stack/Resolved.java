package dev.upkeep.infra.aws.stack;

import java.util.List;
import java.util.Optional;

/**
 * What a spec leaves to AWS, once it is known. It is pinned by the template: what a newer image or another order of the zones would change
 * is changed on purpose only.
 *
 * @param zones the availability zones, at least two; empty leaves them to CloudFormation
 * @param image the id of the machine image; empty leaves it to CloudFormation, which takes the newest
 * @param rootDevice the device on which the image has its root disk; empty if that is not known, which takes {@link #USUAL_ROOT_DEVICE}
 * @param hostedZone the id of the hosted zone of the domain; empty if there is no domain, or its DNS is elsewhere
 * @param address the public IPv4 address that the spec names by its allocation; empty if it names none, or that is not known
 * @param capacity how many instances the group has now; empty for a new one
 */
public record Resolved(
        List<String> zones,
        Optional<String> image,
        Optional<String> rootDevice,
        Optional<String> hostedZone,
        Optional<String> address,
        Optional<Integer> capacity) {

    /** Where images of Amazon Linux and Debian have their root disk. */
    public static final String USUAL_ROOT_DEVICE = "/dev/xvda";

    /** Copies the list. */
    public Resolved {
        zones = List.copyOf(zones);
    }

    /**
     * Nothing is known.
     *
     * @return what a template is rendered with where AWS cannot be asked
     */
    public static Resolved nothing() {
        return new Resolved(
                List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * With the address that the spec names.
     *
     * @param found a public IPv4 address, empty if the spec names none
     * @return a copy
     */
    public Resolved withAddress(Optional<String> found) {
        return new Resolved(zones, image, rootDevice, hostedZone, found, capacity);
    }
}
