package dev.upkeep.checker.gate;

import java.util.function.Function;

/** How waiting at the gate ended. */
public sealed interface Convergence {

    /**
     * Every place served the expected version for as many rounds as were asked for.
     *
     * @param last the round that decided
     */
    record Converged(Round last) implements Convergence {}

    /**
     * The time was over before.
     *
     * @param last the last round that was made
     */
    record NotConverged(Round last) implements Convergence {}

    /** The round that decided. */
    Round last();

    /** One function for each ending. */
    default <R> R match(
            Function<? super Converged, ? extends R> converged,
            Function<? super NotConverged, ? extends R> notConverged) {
        if (this instanceof Converged it) {
            return converged.apply(it);
        }
        return notConverged.apply((NotConverged) this);
    }
}
