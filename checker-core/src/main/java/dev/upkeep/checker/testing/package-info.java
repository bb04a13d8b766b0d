/**
 * Servers for tests, of this library and of programs that use it: one that behaves and misbehaves as told, and a port that refuses.
 */
@NullMarked
package dev.upkeep.checker.testing;

import org.jspecify.annotations.NullMarked;
