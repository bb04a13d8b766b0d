/**
 * What a platform finds when it looks whether a stack could stand on it.
 *
 * <p>It exists so that a person learns of what is missing before anything is changed; it depends on nothing.
 */
@NullMarked
package dev.upkeep.infra.preflight;

import org.jspecify.annotations.NullMarked;
