/**
 * One check of many places at once: the edge and every origin behind it, and what they say together.
 */
@NullMarked
package dev.upkeep.checker.fleet;

import org.jspecify.annotations.NullMarked;
