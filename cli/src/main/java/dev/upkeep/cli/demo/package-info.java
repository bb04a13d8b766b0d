/**
 * What upkeep demo shows, and the cleaning up after it.
 *
 * <p>It exists because a demonstration that leaves something behind is worse than none.
 */
@NullMarked
package dev.upkeep.cli.demo;

import org.jspecify.annotations.NullMarked;
