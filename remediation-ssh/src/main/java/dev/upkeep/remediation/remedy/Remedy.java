package dev.upkeep.remediation.remedy;

import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.shell.CommandLine;
import java.util.List;

/**
 * One thing that is done about an ailment.
 *
 * @param kind what is done; a reload is not a restart
 * @param service to what
 * @param commands by which it is done, in this order, as the administrator; the next one only if the one before succeeded
 */
public record Remedy(Kind kind, Service service, List<CommandLine> commands) {

    /** What is done. */
    public enum Kind {
        /** What does not run is started. */
        START,
        /** What runs reads its configuration anew, and no request is lost. */
        RELOAD,
        /** What runs is stopped and started. */
        RESTART
    }

    /** Copies the commands. */
    public Remedy {
        commands = List.copyOf(commands);
    }

    /**
     * For people.
     *
     * @return such as {@code restart unit nginx.service}
     */
    public String describe() {
        String verb = switch (kind) {
            case START -> "start";
            case RELOAD -> "reload";
            case RESTART -> "restart";
        };
        return verb + " " + service.describe();
    }
}
