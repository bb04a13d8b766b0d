package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;

/**
 * One instance as a plan sees it.
 *
 * @param id its name
 * @param release what it was given to serve
 * @param rotation whether it gets new requests
 * @param fault what is broken about it, in one phrase; empty if it is sound
 */
record DeployedInstance(InstanceId id, Release release, Rotation rotation, String fault) {}
