package dev.upkeep.infra.logs;

/** Is told of lines, one after another. */
@FunctionalInterface
public interface LogListener {

    /**
     * A line was found.
     *
     * @param line the line
     */
    void on(LogLine line);
}
