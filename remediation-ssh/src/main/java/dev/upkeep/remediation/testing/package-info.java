/** What tests of users need: a host that answers as it is told. */
@NullMarked
package dev.upkeep.remediation.testing;

import org.jspecify.annotations.NullMarked;
