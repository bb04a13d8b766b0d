/** How often a host may be repaired, and why it may not be now. */
@NullMarked
package dev.upkeep.remediation.guard;

import org.jspecify.annotations.NullMarked;
