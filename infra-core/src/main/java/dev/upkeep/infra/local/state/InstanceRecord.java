package dev.upkeep.infra.local.state;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.spec.AppHealth;
import java.time.Duration;

/**
 * What is remembered of one instance.
 *
 * @param id its name
 * @param port where its nginx listens
 * @param appPort where its application listens
 * @param release what it was given to serve
 * @param rotation whether it gets new requests
 * @param settled false from the moment its release begins to change until it was seen to serve it
 */
public record InstanceRecord(
        InstanceId id, int port, int appPort, Release release, Rotation rotation, boolean settled) {

    /**
     * How long its application may take to say whether it is healthy.
     *
     * @return zero if there is no application
     */
    public Duration healthLimit() {
        return release.application().healthCheck().map(AppHealth::limit).orElse(Duration.ZERO);
    }

    /**
     * The instance on other ports.
     *
     * @param newPort for nginx
     * @param newAppPort for the application
     * @return a new record
     */
    public InstanceRecord on(int newPort, int newAppPort) {
        return new InstanceRecord(id, newPort, newAppPort, release, rotation, settled);
    }

    /**
     * The instance about to serve a release.
     *
     * @param next what it is to serve
     * @return a new record that is not settled
     */
    public InstanceRecord turningTo(Release next) {
        return new InstanceRecord(id, port, appPort, next, rotation, false);
    }

    /**
     * The instance seen to serve its release.
     *
     * @return a new record that is settled
     */
    public InstanceRecord asSettled() {
        return new InstanceRecord(id, port, appPort, release, rotation, true);
    }

    /**
     * The instance in or out of rotation.
     *
     * @param next where it is to be
     * @return a new record
     */
    public InstanceRecord in(Rotation next) {
        return new InstanceRecord(id, port, appPort, release, next, settled);
    }
}
