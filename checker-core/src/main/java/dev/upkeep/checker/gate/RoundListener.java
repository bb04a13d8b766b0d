package dev.upkeep.checker.gate;

/** Is told of each round when it is over, on the thread that waits at the gate. */
@FunctionalInterface
public interface RoundListener {

    /** Should return soon: the next round waits for it. */
    void roundOver(Round round);

    /** Tells nobody. */
    static RoundListener none() {
        return round -> {};
    }
}
