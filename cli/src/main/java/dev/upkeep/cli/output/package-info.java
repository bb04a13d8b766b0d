/**
 * The formats of a result: one class for each, all of the same facts.
 *
 * <p>It exists so that a new format touches no command; it decides nothing and asks nobody.
 */
@NullMarked
package dev.upkeep.cli.output;

import org.jspecify.annotations.NullMarked;
