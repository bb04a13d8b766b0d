/**
 * The convergence gate: how often, for how many rounds in a row, and within which time the expected version must be served everywhere.
 */
@NullMarked
package dev.upkeep.checker.gate;

import org.jspecify.annotations.NullMarked;
