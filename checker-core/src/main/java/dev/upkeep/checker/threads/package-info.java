/** The threads that a checker uses besides the one that asks. Knows nothing of checks; not exported. */
@NullMarked
package dev.upkeep.checker.threads;

import org.jspecify.annotations.NullMarked;
