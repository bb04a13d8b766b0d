/**
 * The checker: {@link dev.upkeep.checker.VersionChecker} takes one check and gives one verdict.
 *
 * <p>This package holds the verbs and may use every other package of the module; none of them may use it.
 */
@NullMarked
package dev.upkeep.checker;

import org.jspecify.annotations.NullMarked;
