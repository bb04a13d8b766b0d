/**
 * The remediator: {@link dev.upkeep.remediation.Remediator} takes one ailing host and gives one outcome.
 *
 * <p>This package holds the verbs and may use every other package of the module; none of them may use it.
 */
@NullMarked
package dev.upkeep.remediation;

import org.jspecify.annotations.NullMarked;
