/** How a visit to a host ended. */
@NullMarked
package dev.upkeep.remediation.outcome;

import org.jspecify.annotations.NullMarked;
