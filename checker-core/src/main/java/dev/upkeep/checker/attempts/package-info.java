/**
 * Makes a verdict out of probes: repeats them by the rules of a retry policy, leaves failing targets in peace, asks many places at
 * once. The only user of Resilience4j; not exported.
 */
@NullMarked
package dev.upkeep.checker.attempts;

import org.jspecify.annotations.NullMarked;
