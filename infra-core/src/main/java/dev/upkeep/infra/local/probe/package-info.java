/**
 * A look at a port of this machine, as the platform itself needs it.
 *
 * <p>It exists to tell a process that runs from one that answers; judging a site from outside is the checker's work.
 */
@NullMarked
package dev.upkeep.infra.local.probe;

import org.jspecify.annotations.NullMarked;
