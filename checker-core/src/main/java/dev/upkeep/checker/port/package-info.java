/**
 * The interfaces through which the checker reaches the outside: name resolution, time, pausing, and which addresses may be dialled.
 * Replaced in tests, and by callers
 * with better ones.
 */
@NullMarked
package dev.upkeep.checker.port;

import org.jspecify.annotations.NullMarked;
