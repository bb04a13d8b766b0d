/**
 * The difference between the stack that is wanted and the one that stands.
 *
 * <p>It exists so that a person can read what will happen before it does, and a machine can compare it; everything in
 * it is pure. It depends on {@link dev.upkeep.infra.spec} and {@link dev.upkeep.infra.inventory}.
 */
@NullMarked
package dev.upkeep.infra.plan;

import org.jspecify.annotations.NullMarked;
