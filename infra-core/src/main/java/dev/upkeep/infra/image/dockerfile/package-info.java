/**
 * Reads the Dockerfile of a user's folder, as far as no container engine is needed to do what it says; refuses every other one with the
 * place.
 */
@NullMarked
package dev.upkeep.infra.image.dockerfile;

import org.jspecify.annotations.NullMarked;
