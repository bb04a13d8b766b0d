/**
 * Builds images with Jib, the only user of that library. Jib itself speaks with a gateway on this machine only
 * (docs/adr/0014).
 */
@NullMarked
package dev.upkeep.infra.image.jib;

import org.jspecify.annotations.NullMarked;
