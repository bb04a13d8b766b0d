/**
 * The load balancer at the edge of a local stack.
 *
 * <p>It exists so that the rest speaks of drain and rejoin, not of sockets and columns; it depends on processes and
 * templates.
 */
@NullMarked
package dev.upkeep.infra.local.haproxy;

import org.jspecify.annotations.NullMarked;
