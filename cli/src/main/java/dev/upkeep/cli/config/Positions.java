package dev.upkeep.cli.config;

import dev.upkeep.cli.exit.ConfigProblem;
import java.util.Map;
import java.util.Optional;

/** The position of each value in a file, for problems that are found only later, such as a folder that does not exist. */
public final class Positions {

    private final String file;
    private final Map<String, Value> values;

    Positions(String file, Map<String, Value> values) {
        this.file = file;
        this.values = Map.copyOf(values);
    }

    /**
     * A complaint about a value, with its position, and without what came out of the environment.
     *
     * @param pointer the value's JSON pointer
     * @param message what is wrong
     */
    public ConfigProblem complaint(String pointer, String message) {
        Optional<Value> value = Optional.ofNullable(values.get(pointer));
        Position position = value.map(Value::position).orElse(Position.START);
        return new ConfigProblem(
                Optional.of(position.in(file)),
                value.map(found -> found.shown(message)).orElse(message));
    }
}
