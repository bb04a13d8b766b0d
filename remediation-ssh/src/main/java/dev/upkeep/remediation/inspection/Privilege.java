package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.shell.CommandLine;

/** What whoever goes in may do on a host. */
public enum Privilege {
    /** Is the administrator. */
    ROOT,
    /** May do anything by sudo without a password. */
    ANYTHING,
    /** May do some things by sudo without a password; which ones shows only the attempt. */
    SOME,
    /** Is an ordinary user. */
    NONE;

    static Privilege of(Facts facts) {
        return switch (facts.first("may").orElse("")) {
            case "root" -> ROOT;
            case "sudo" -> ANYTHING;
            case "some" -> SOME;
            default -> NONE;
        };
    }

    /**
     * The command as it has to be given.
     *
     * @param command for the administrator
     * @return the same, by sudo where that is needed and allowed
     */
    public CommandLine administer(CommandLine command) {
        return this == ANYTHING || this == SOME ? command.asAdministrator() : command;
    }
}
