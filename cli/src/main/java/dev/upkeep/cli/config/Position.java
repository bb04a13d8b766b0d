package dev.upkeep.cli.config;

import dev.upkeep.cli.exit.ConfigProblem;

/** A place in the file; both numbers count from 1. */
record Position(int line, int column) implements Comparable<Position> {

    static final Position START = new Position(1, 1);

    /** The same place with the file that it is in. */
    ConfigProblem.Place in(String file) {
        return new ConfigProblem.Place(file, line, column);
    }

    @Override
    public int compareTo(Position other) {
        return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
    }
}
