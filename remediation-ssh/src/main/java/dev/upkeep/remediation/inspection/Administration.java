package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.audit.AuditedShell;
import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How commands for the administrator are given by somebody who may be none. */
public final class Administration {

    private static final CommandLimits QUICK = CommandLimits.DEFAULT.within(Duration.ofSeconds(20));

    private final AuditedShell shell;
    private final Privilege privilege;

    /**
     * Asks nothing yet.
     *
     * @param shell on the host
     * @param privilege what may be done there
     */
    public Administration(AuditedShell shell, Privilege privilege) {
        this.shell = shell;
        this.privilege = privilege;
    }

    /**
     * The command as it has to be given. Where sudo allows only some things, it is asked, since a command that it refuses is a break-in to it.
     *
     * @param command for the administrator
     * @return the same, by sudo where that is needed; empty if sudo does not allow it
     * @throws InterruptedException if the calling thread is interrupted
     * @throws HostLostException if the host cannot be asked
     */
    public Optional<CommandLine> given(CommandLine command) throws InterruptedException {
        return switch (privilege) {
            case ROOT, NONE -> Optional.of(command);
            case ANYTHING -> Optional.of(command.asAdministrator());
            case SOME -> isAllowed(command) ? Optional.of(command.asAdministrator()) : Optional.empty();
        };
    }

    private boolean isAllowed(CommandLine command) throws InterruptedException {
        List<String> argv = new ArrayList<>(List.of("sudo", "-n", "-l", "--"));
        argv.addAll(command.argv());
        return HostLostException.requireEnded(shell.run("ask whether sudo allows it", new CommandLine(argv), QUICK))
                .isSuccess();
    }
}
