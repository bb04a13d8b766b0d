/** What may be done about a cause, in which order, and what never. */
@NullMarked
package dev.upkeep.remediation.remedy;

import org.jspecify.annotations.NullMarked;
