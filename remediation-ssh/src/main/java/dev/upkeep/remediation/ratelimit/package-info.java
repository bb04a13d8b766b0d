/** Keeps, on the host, who is at it and when it was repaired, and decides by that whether it may be repaired now. Not exported. */
@NullMarked
package dev.upkeep.remediation.ratelimit;

import org.jspecify.annotations.NullMarked;
