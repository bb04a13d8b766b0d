/** What is wrong with a host, in one of a few causes, with what shows it. */
@NullMarked
package dev.upkeep.remediation.diagnosis;

import org.jspecify.annotations.NullMarked;
