/**
 * What stands: the stack and its instances as they were found.
 *
 * <p>It exists so that status, checks and rollouts speak of instances in one language on every platform; it depends
 * only on {@link dev.upkeep.infra.spec} and {@link dev.upkeep.infra.progress}.
 */
@NullMarked
package dev.upkeep.infra.inventory;

import org.jspecify.annotations.NullMarked;
