package dev.upkeep.checker.attempts;

import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.gate.Round;
import dev.upkeep.checker.gate.RoundListener;
import dev.upkeep.checker.port.Pause;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.verdict.Status;
import java.time.Duration;
import java.util.function.Function;

/** Asks in rounds until enough of them in a row are good, or the time is over. */
public final class RoundLoop {
    private final Ticker ticker;
    private final Pause pause;

    /** A loop that measures and waits by these. */
    public RoundLoop(Ticker ticker, Pause pause) {
        this.ticker = ticker;
        this.pause = pause;
    }

    /**
     * One round.
     *
     * @param <V> what it finds
     */
    @FunctionalInterface
    public interface Question<V> {
        /** Asks. */
        V ask() throws InterruptedException;
    }

    /** At least one round; no further one that could not begin in time. */
    public <V> Convergence<V> run(
            Question<V> question, Function<V, Status> status, ConvergenceGate gate, RoundListener<? super V> listener)
            throws InterruptedException {
        long began = ticker.read();
        int goodInARow = 0;
        for (int number = 1; ; number++) {
            long roundBegan = ticker.read();
            V verdict = question.ask();
            goodInARow = status.apply(verdict) == Status.UP ? goodInARow + 1 : 0;
            Round<V> round = new Round<>(number, goodInARow, since(began), verdict);
            listener.roundOver(round);
            if (goodInARow >= gate.rounds()) {
                return new Convergence.Converged<>(round);
            }
            Duration wait = gate.interval().minus(since(roundBegan));
            if (since(began).plus(wait.isNegative() ? Duration.ZERO : wait).compareTo(gate.within()) > 0) {
                return new Convergence.NotConverged<>(round);
            }
            pause.pause(wait);
        }
    }

    private Duration since(long began) {
        return Duration.ofNanos(ticker.read() - began);
    }
}
