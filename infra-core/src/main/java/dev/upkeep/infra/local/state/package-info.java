/**
 * What the local platform remembers between two runs, and who may change it.
 *
 * <p>It exists so that a crash at any point leaves a file that can be read or set aside; the only user of the JSON library.
 */
@NullMarked
package dev.upkeep.infra.local.state;

import org.jspecify.annotations.NullMarked;
