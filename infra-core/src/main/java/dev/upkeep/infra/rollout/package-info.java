/**
 * How a fleet comes to a release: one instance after another, and back if one fails.
 *
 * <p>It exists so that every platform changes instances by the same rules, which are tested in virtual time; a platform
 * gives it a {@link dev.upkeep.infra.rollout.Fleet}. It has no threads and no clock of its own.
 */
@NullMarked
package dev.upkeep.infra.rollout;

import org.jspecify.annotations.NullMarked;
