/** A shell on this machine. */
@NullMarked
package dev.upkeep.remediation.local;

import org.jspecify.annotations.NullMarked;
