/**
 * The difference between the stack that is wanted and the one that stands.
 *
 * <p>It exists so that a person can read what will happen before it does, and a machine can compare it. How the
 * difference is found is each platform's own affair. It depends only on {@link dev.upkeep.infra.spec}.
 */
@NullMarked
package dev.upkeep.infra.plan;

import org.jspecify.annotations.NullMarked;
