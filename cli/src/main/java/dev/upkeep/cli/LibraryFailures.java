package dev.upkeep.cli;

import dev.upkeep.infra.failure.InfraException;
import java.nio.file.InvalidPathException;

/** Words for what the libraries throw. */
final class LibraryFailures {

    private LibraryFailures() {}

    static String unusableName(String name) {
        return "the name \"" + name
                + "\" cannot be used in the locale of this shell; set one with UTF-8: LC_ALL=C.UTF-8";
    }

    static String explain(Throwable exception) {
        if (exception instanceof InfraException expected) {
            return String.valueOf(expected.getMessage());
        }
        if (exception instanceof InvalidPathException path) {
            return unusableName(path.getInput());
        }
        return "this should not have happened: " + exception
                + ". It is a defect in upkeep: please report it, with what the same command prints with --debug";
    }
}
