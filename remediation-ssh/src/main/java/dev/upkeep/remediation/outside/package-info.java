/** How users see a host: the port through which whoever checks it tells this module. */
@NullMarked
package dev.upkeep.remediation.outside;

import org.jspecify.annotations.NullMarked;
