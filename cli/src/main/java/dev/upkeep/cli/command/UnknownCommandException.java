package dev.upkeep.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** There is no command of this name. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class UnknownCommandException extends ParameterException {

    private final String word;

    UnknownCommandException(CommandLine commandLine, String word) {
        super(commandLine, "there is no command " + word);
        this.word = word;
    }

    /** The word that is no command. */
    public String word() {
        return word;
    }
}
