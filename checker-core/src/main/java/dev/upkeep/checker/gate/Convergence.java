package dev.upkeep.checker.gate;

import java.util.function.Function;

/**
 * How waiting for convergence ended.
 *
 * @param <V> what a round finds: a {@code Verdict} of one place, or a {@code FleetVerdict} of many
 */
public sealed interface Convergence<V> {

    /**
     * Every place that was asked served the expected version for as many rounds as were asked for.
     *
     * @param <V> what a round finds
     * @param last the round that decided
     */
    record Converged<V>(Round<V> last) implements Convergence<V> {}

    /**
     * The time ran out first.
     *
     * @param <V> what a round finds
     * @param last the last round that was made
     */
    record NotConverged<V>(Round<V> last) implements Convergence<V> {}

    /** The round that decided. */
    Round<V> last();

    /** One function for each ending. */
    default <R> R match(
            Function<? super Converged<V>, ? extends R> converged,
            Function<? super NotConverged<V>, ? extends R> notConverged) {
        if (this instanceof Converged<V> it) {
            return converged.apply(it);
        }
        return notConverged.apply((NotConverged<V>) this);
    }
}
