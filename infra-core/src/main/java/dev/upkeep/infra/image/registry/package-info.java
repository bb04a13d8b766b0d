/**
 * Talks with registries: what is there, what is sent, what is removed. Nothing outside this package speaks their protocol.
 */
@NullMarked
package dev.upkeep.infra.image.registry;

import org.jspecify.annotations.NullMarked;
