/**
 * Everything this module throws, under one root.
 *
 * <p>It exists so that a caller can catch one type and still read the facts of each; it depends only on the words of
 * {@link dev.upkeep.infra.progress}.
 */
@NullMarked
package dev.upkeep.infra.failure;

import org.jspecify.annotations.NullMarked;
