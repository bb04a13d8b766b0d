/**
 * Checks of many places at once: the edge, every origin behind it, and the status of all together.
 */
@NullMarked
package dev.upkeep.checker.fleet;

import org.jspecify.annotations.NullMarked;
