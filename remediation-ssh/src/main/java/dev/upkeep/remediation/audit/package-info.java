/** What was run on a host, why, and what came of it. */
@NullMarked
package dev.upkeep.remediation.audit;

import org.jspecify.annotations.NullMarked;
