/**
 * What an account allows: whether its policies let the caller do what a stack needs, and whether its quotas leave room for that stack.
 *
 * <p>It exists so that {@code doctor} can say so before anything is changed. It asks only, and what it may not ask it calls unchecked.
 */
@NullMarked
package dev.upkeep.infra.aws.account;

import org.jspecify.annotations.NullMarked;
