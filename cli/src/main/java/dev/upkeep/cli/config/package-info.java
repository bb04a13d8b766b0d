/**
 * The file upkeep.yaml: from text to a stack and the checks that belong to it.
 *
 * <p>It exists so that every mistake in the file is found at once and named with its line; it prints nothing.
 */
@NullMarked
package dev.upkeep.cli.config;

import org.jspecify.annotations.NullMarked;
