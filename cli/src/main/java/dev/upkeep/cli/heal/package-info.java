/** Plugs the checker, the platforms and the shells into the remediator, which knows none of them. */
@NullMarked
package dev.upkeep.cli.heal;

import org.jspecify.annotations.NullMarked;
