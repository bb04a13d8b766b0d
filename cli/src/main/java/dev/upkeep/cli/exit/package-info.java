/**
 * How a command ends: the exit codes, and the failures that carry one.
 *
 * <p>It exists so that every package can fail in the words of the user; it depends on nothing but the verdicts.
 */
@NullMarked
package dev.upkeep.cli.exit;

import org.jspecify.annotations.NullMarked;
