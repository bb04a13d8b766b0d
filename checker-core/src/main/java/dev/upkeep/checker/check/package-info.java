/**
 * The questions that can be asked: what to request, of whom, how long to wait for it, whom to trust. Only values: nothing
 * here does I/O, except for reading PEM files.
 */
@NullMarked
package dev.upkeep.checker.check;

import org.jspecify.annotations.NullMarked;
