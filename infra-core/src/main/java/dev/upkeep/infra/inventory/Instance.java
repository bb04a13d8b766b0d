package dev.upkeep.infra.inventory;

import java.net.InetSocketAddress;

/**
 * One instance as it was found.
 *
 * @param id its name within the stack
 * @param zone where it stands: an availability zone, or {@code local}
 * @param address where its nginx answers
 * @param release what it was given to serve, which is not always what it serves: see {@code health}
 * @param health how it was found
 * @param rotation whether new requests are sent to it
 */
public record Instance(
        InstanceId id,
        String zone,
        InetSocketAddress address,
        Release release,
        InstanceHealth health,
        Rotation rotation) {

    /**
     * The version it was given.
     *
     * @return the version of its release
     */
    public String version() {
        return release.version();
    }
}
