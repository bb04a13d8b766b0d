/**
 * What somebody has changed by hand on a stack.
 *
 * <p>It exists because a cloud compares what is wanted with what it was told last, and not with what is really there. How it is found is each
 * platform's own affair. It depends only on {@link dev.upkeep.infra.plan}.
 */
@NullMarked
package dev.upkeep.infra.drift;

import org.jspecify.annotations.NullMarked;
