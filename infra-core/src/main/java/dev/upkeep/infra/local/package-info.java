/**
 * The local platform: real nginx instances and a real load balancer on this machine, without any account.
 *
 * <p>It exists so that everything Upkeep does can be seen and tested on one laptop. It stands on top of
 * {@link dev.upkeep.infra}; nothing may depend on it but callers.
 */
@NullMarked
package dev.upkeep.infra.local;

import org.jspecify.annotations.NullMarked;
