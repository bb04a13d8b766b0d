package dev.upkeep.cli;

import dev.upkeep.infra.failure.InfraException;

/** Words for what the libraries throw. Apart from the rest, because a check of a URL never loads these classes. */
final class LibraryFailures {

    private LibraryFailures() {}

    static String explain(Throwable exception) {
        if (exception instanceof InfraException expected) {
            return String.valueOf(expected.getMessage());
        }
        return "this should not have happened: " + exception
                + ". It is a defect in upkeep: please report it, with what the same command prints with --debug";
    }
}
