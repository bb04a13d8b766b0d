/**
 * Where output goes: streams, colour, tables, progress, and being interrupted.
 *
 * <p>It exists so that nothing else needs to know whether a person or a pipe is reading; it knows no command.
 */
@NullMarked
package dev.upkeep.cli.terminal;

import org.jspecify.annotations.NullMarked;
