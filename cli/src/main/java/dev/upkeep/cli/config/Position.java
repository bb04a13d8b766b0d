package dev.upkeep.cli.config;

import dev.upkeep.cli.exit.ConfigProblem;
import org.yaml.snakeyaml.error.Mark;

/** A place in the file; both numbers count from 1. */
record Position(int line, int column) implements Comparable<Position> {

    static final Position START = new Position(1, 1);

    /** Where a mark of the YAML parser is, which counts from 0. */
    static Position of(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The same place with the file that it is in. */
    ConfigProblem.Place in(String file) {
        return new ConfigProblem.Place(file, line, column);
    }

    @Override
    public int compareTo(Position other) {
        return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
    }
}
