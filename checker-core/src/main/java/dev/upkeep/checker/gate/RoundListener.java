package dev.upkeep.checker.gate;

/**
 * Is told of each round when it is over, on the thread that waits for convergence.
 *
 * @param <V> what a round finds
 */
@FunctionalInterface
public interface RoundListener<V> {

    /** Should return soon: the next round waits for it. */
    void roundOver(Round<? extends V> round);

    /** Tells nobody. */
    static <V> RoundListener<V> none() {
        return round -> {};
    }
}
