/**
 * What the user wants: a validated stack, as values.
 *
 * <p>It exists so that every platform starts from the same checked wish; it reads no files and depends only on the
 * failures it throws.
 */
@NullMarked
package dev.upkeep.infra.spec;

import org.jspecify.annotations.NullMarked;
