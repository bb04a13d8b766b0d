/**
 * The containers of instances on this machine. Everything is done by {@code docker/runner/upkeep-run}, the same that servers use, and by
 * the docker command. Depends on {@code local.process} and {@code local.state}.
 */
@NullMarked
package dev.upkeep.infra.local.container;

import org.jspecify.annotations.NullMarked;
