package dev.upkeep.remediation.ssh;

import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.ShellFailure;

/** There is no way in. Nothing was sent. */
final class ConnectFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final ShellFailure failure;
    private final String text;

    ConnectFailure(ShellFailure failure, String text) {
        super(text);
        this.failure = failure;
        this.text = text;
    }

    CommandResult.Failed asResult() {
        return new CommandResult.Failed(failure, text);
    }
}
