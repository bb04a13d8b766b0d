package dev.upkeep.infra.inventory;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One instance as it was found.
 *
 * @param id its name within the stack
 * @param zone where it stands: an availability zone, or {@code local}
 * @param address where its nginx answers; empty if nobody outside can ask it
 * @param release what it was given to serve, which is not always what it serves: see {@code health}
 * @param health how it was found
 * @param rotation whether new requests are sent to it
 * @param fault what is wrong with it, in one phrase for people; empty if nothing is
 * @param served what it answered when it was asked from the inside; empty if it was not asked so, or served no version
 */
public record Instance(
        InstanceId id,
        String zone,
        Optional<InetSocketAddress> address,
        Release release,
        InstanceHealth health,
        Rotation rotation,
        String fault,
        Optional<Served> served) {

    /**
     * What an instance answered.
     *
     * @param version what {@code /version.txt} said
     * @param isReady whether its application can serve users
     */
    public record Served(String version, boolean isReady) {}

    /**
     * One that was not asked from the inside.
     *
     * @param id its name within the stack
     * @param zone where it stands
     * @param address where its nginx answers; empty if nobody outside can ask it
     * @param release what it was given to serve
     * @param health how it was found
     * @param rotation whether new requests are sent to it
     * @param fault what is wrong with it; empty if nothing is
     */
    public Instance(
            InstanceId id,
            String zone,
            Optional<InetSocketAddress> address,
            Release release,
            InstanceHealth health,
            Rotation rotation,
            String fault) {
        this(id, zone, address, release, health, rotation, fault, Optional.empty());
    }

    /**
     * The same instance, asked from the inside.
     *
     * @param answer what it answered; empty if it served no version
     * @param found how it was found by that
     * @param wrong what is wrong with it; empty if nothing is
     * @return a new value
     */
    public Instance answering(Optional<Served> answer, InstanceHealth found, String wrong) {
        return new Instance(id, zone, address, release, found, rotation, wrong, answer);
    }

    /**
     * The version it was given.
     *
     * @return the version of its release
     */
    public String version() {
        return release.version();
    }

    /**
     * Whether its nginx answers, so that it has to be changed without stopping it.
     *
     * @return true unless nginx is stopped or hung
     */
    public boolean answers() {
        return health != InstanceHealth.STOPPED && health != InstanceHealth.HUNG && health != InstanceHealth.STARTING;
    }

    /**
     * Whether users get good answers from it.
     *
     * @return true if it is healthy and in rotation
     */
    public boolean servesUsers() {
        return health == InstanceHealth.HEALTHY && rotation == Rotation.IN;
    }
}
