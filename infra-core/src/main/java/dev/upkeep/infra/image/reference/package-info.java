/**
 * How images are named, and for which machines they are. Imports nothing of this module.
 */
@NullMarked
package dev.upkeep.infra.image.reference;

import org.jspecify.annotations.NullMarked;
