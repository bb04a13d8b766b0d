/**
 * Where every status is decided: what makes a place UP, STALE, DOWN or UNKNOWN, and several places MIXED or DEGRADED. Knows verdicts
 * and versions only; not exported.
 */
@NullMarked
package dev.upkeep.checker.decision;

import org.jspecify.annotations.NullMarked;
