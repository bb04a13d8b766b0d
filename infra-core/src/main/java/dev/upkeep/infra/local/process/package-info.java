/**
 * Processes, ports and programs of this machine.
 *
 * <p>It exists so that nothing is ever signalled that was not proved to be ours; the only user of {@link
 * java.lang.ProcessBuilder}. It knows neither stacks nor nginx.
 */
@NullMarked
package dev.upkeep.infra.local.process;

import org.jspecify.annotations.NullMarked;
