package dev.upkeep.cli.exit;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration.
 *
 * @param place where it is; empty if the whole file is meant
 * @param message what is wrong, and what to do
 */
public record ConfigProblem(Optional<Place> place, String message) {

    /**
     * A place in a file. Its text is what editors and CI servers make a link of.
     *
     * @param file as the user calls it
     * @param line from 1 on
     * @param column from 1 on
     */
    public record Place(String file, int line, int column) {

        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    /** A problem of the file as a whole. */
    public static ConfigProblem ofTheFile(String message) {
        return new ConfigProblem(Optional.empty(), message);
    }

    /** The place, if there is one, and the message in one line. */
    @Override
    public String toString() {
        return place.map(at -> at + ": " + message).orElse(message);
    }
}
