/**
 * A server for tests that behaves, and misbehaves, exactly as told: for users of the library as much as for its own tests.
 */
@NullMarked
package dev.upkeep.checker.testing;

import org.jspecify.annotations.NullMarked;
