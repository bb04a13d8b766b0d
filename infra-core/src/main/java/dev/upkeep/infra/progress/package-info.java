/**
 * What a long-running operation tells while it runs, and what it is.
 *
 * <p>It exists so that a terminal, a log and a test can follow an apply without knowing the platform; it depends on
 * nothing.
 */
@NullMarked
package dev.upkeep.infra.progress;

import org.jspecify.annotations.NullMarked;
