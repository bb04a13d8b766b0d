/**
 * What goes into an image, as values: base, files, user, command. Knows neither registries nor the library that builds.
 */
@NullMarked
package dev.upkeep.infra.image.recipe;

import org.jspecify.annotations.NullMarked;
