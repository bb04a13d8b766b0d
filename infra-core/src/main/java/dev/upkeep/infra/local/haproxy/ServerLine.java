package dev.upkeep.infra.local.haproxy;

import dev.upkeep.infra.inventory.InstanceId;

/**
 * One server behind the edge.
 *
 * @param id its instance
 * @param port where it listens on 127.0.0.1
 */
public record ServerLine(InstanceId id, int port) {}
