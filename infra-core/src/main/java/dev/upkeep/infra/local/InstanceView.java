package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.local.state.InstanceRecord;
import java.net.InetSocketAddress;

/**
 * One instance: what is remembered and what was found.
 *
 * @param record what is remembered
 * @param health what was found
 * @param fault what is broken, empty if it is sound
 */
record InstanceView(InstanceRecord record, InstanceHealth health, String fault) {

    /** Whether its nginx takes requests, so that it must be changed without stopping it. */
    boolean serves() {
        return health == InstanceHealth.HEALTHY
                || health == InstanceHealth.NOT_READY
                || health == InstanceHealth.UNHEALTHY;
    }

    DeployedInstance deployed() {
        return new DeployedInstance(record.id(), record.release(), record.rotation(), fault);
    }

    Instance inventory() {
        InetSocketAddress address = Ports.address(record.port());
        return new Instance(record.id(), "local", address, record.release(), health, record.rotation());
    }
}
