/**
 * Container images without a container engine: built from recipes, sent to registries, kept small in number there.
 */
@NullMarked
package dev.upkeep.infra.image;

import org.jspecify.annotations.NullMarked;
