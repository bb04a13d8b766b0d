/** Finds out on a host what is wrong, by commands that change nothing. Not exported. */
@NullMarked
package dev.upkeep.remediation.inspection;

import org.jspecify.annotations.NullMarked;
