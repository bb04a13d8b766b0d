/**
 * The convergence gate: how long, how often and how many times in a row a fleet must serve the expected version.
 */
@NullMarked
package dev.upkeep.checker.gate;

import org.jspecify.annotations.NullMarked;
