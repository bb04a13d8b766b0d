package dev.upkeep.remediation.inspection;

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

    /** Whether what such a user is refused shows something about the host, and not about the user. */
    boolean isWhole() {
        return this == ROOT || this == ANYTHING;
    }

    static Privilege of(Facts facts) {
        return switch (facts.first("may").orElse("")) {
            case "root" -> ROOT;
            case "sudo" -> ANYTHING;
            case "some" -> SOME;
            default -> NONE;
        };
    }
}
