/**
 * Runs checks: repeats attempts by a retry policy, stops asking targets that fail, asks many places at once, and in rounds. The only
 * user of Resilience4j; not exported.
 */
@NullMarked
package dev.upkeep.checker.attempts;

import org.jspecify.annotations.NullMarked;
