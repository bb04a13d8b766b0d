/**
 * The way in: takes the words of the command line, finds the command they name, and turns however it ends into an exit code.
 *
 * <p>It exists to keep everything that is true of all commands in one place; it stands on top of the other packages and
 * nothing may import it.
 */
@NullMarked
package dev.upkeep.cli;

import org.jspecify.annotations.NullMarked;
