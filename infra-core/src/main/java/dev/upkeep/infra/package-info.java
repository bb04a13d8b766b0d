/**
 * The one door of this module: {@link dev.upkeep.infra.Platform}.
 *
 * <p>It exists so that a caller needs one interface for every place a stack can stand; it may depend on the noun
 * packages below it, and none of those may depend on it.
 */
@NullMarked
package dev.upkeep.infra;

import org.jspecify.annotations.NullMarked;
