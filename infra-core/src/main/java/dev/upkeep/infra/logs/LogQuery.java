package dev.upkeep.infra.logs;

import dev.upkeep.infra.inventory.InstanceId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which lines somebody asks for. Immutable; every {@code of} and {@code since} returns a copy.
 *
 * @param instance only of this one, empty for all of the stack
 * @param source only from this one, empty for all
 * @param since only from then on, empty for all that are kept
 * @param lines only so many, the newest of all; 0 for none but those that are still to come, at most {@link #MOST}
 */
public record LogQuery(Optional<InstanceId> instance, Optional<LogSource> source, Optional<Instant> since, int lines) {

    /** How many lines can be asked for at once. */
    public static final int MOST = 10_000;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative or larger than {@link #MOST}
     */
    public LogQuery {
        if (lines < 0 || lines > MOST) {
            throw new IllegalArgumentException(lines + " lines cannot be read; ask for 0 to " + MOST);
        }
    }

    /**
     * The newest lines of the whole stack.
     *
     * @param lines how many, 0 to {@link #MOST}
     * @return a query
     */
    public static LogQuery last(int lines) {
        return new LogQuery(Optional.empty(), Optional.empty(), Optional.empty(), lines);
    }

    /**
     * Only of one instance.
     *
     * @param only which one
     * @return a new query
     */
    public LogQuery of(InstanceId only) {
        return new LogQuery(Optional.of(only), source, since, lines);
    }

    /**
     * Only from one source.
     *
     * @param only which one
     * @return a new query
     */
    public LogQuery of(LogSource only) {
        return new LogQuery(instance, Optional.of(only), since, lines);
    }

    /**
     * Only what was written from a moment on.
     *
     * @param from the moment
     * @return a new query
     */
    public LogQuery since(Instant from) {
        return new LogQuery(instance, source, Optional.of(from), lines);
    }

    /**
     * Whether lines of a log are asked for at all.
     *
     * @param of whose log, empty for what stands before all instances
     * @param from who writes it
     * @return false if it need not be read
     */
    public boolean asksFor(Optional<InstanceId> of, LogSource from) {
        return (instance.isEmpty() || instance.equals(of))
                && source.filter(only -> only != from).isEmpty();
    }
}
