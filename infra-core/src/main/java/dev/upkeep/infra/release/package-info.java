/**
 * Releases: which images make a version, kept so that what is deployed is exactly what was looked at.
 */
@NullMarked
package dev.upkeep.infra.release;

import org.jspecify.annotations.NullMarked;
