package dev.upkeep.remediation.ratelimit;

import dev.upkeep.remediation.audit.AuditedShell;
import dev.upkeep.remediation.audit.Redaction;
import dev.upkeep.remediation.guard.Limits;
import dev.upkeep.remediation.guard.Refusal;
import dev.upkeep.remediation.inspection.Facts;
import dev.upkeep.remediation.inspection.HostLostException;
import dev.upkeep.remediation.inspection.Privilege;
import dev.upkeep.remediation.inspection.Scripts;
import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.ShellFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps count of the repairs of one host, and one healer at a time. The host itself remembers, in a folder of {@code /var/lib/upkeep/heal} or, for whoever may not write
 * there, of {@code ~/.local/state/upkeep-heal}. A healer that died has the lock for a quarter of an hour.
 */
public final class Guard {

    private static final CommandLimits QUICK = CommandLimits.DEFAULT.within(Duration.ofSeconds(20));

    private static final int FIELDS = 5;

    private final AuditedShell shell;
    private final Privilege privilege;
    private final Limits limits;
    private final String token;
    private final String who;
    private final String host;

    /**
     * Asks nothing yet.
     *
     * @param shell on the host
     * @param privilege what may be done there
     * @param limits how often it may be repaired
     * @param token that no other visit has
     * @param who is at it, for people
     * @param host under which name it is counted
     */
    public Guard(AuditedShell shell, Privilege privilege, Limits limits, String token, String who, String host) {
        this.shell = shell;
        this.privilege = privilege;
        this.limits = limits;
        this.token = token;
        this.who = Redaction.of(who);
        this.host = host;
    }

    /**
     * Looks whether the host may be repaired now, and changes nothing.
     *
     * @return why not; empty if it may
     * @throws InterruptedException if the calling thread is interrupted
     * @throws HostLostException if the host cannot be asked
     */
    public Optional<Refusal> look() throws InterruptedException {
        return refusal(run("see whether it may be repaired", "look"));
    }

    /**
     * Takes the lock, if the host may be repaired now.
     *
     * @return why not, and then nobody has the lock for this visit; empty if it may
     * @throws InterruptedException if the calling thread is interrupted
     * @throws HostLostException if the host cannot be asked
     */
    public Optional<Refusal> enter() throws InterruptedException {
        CommandResult.Ended entered = run("take the lock", "enter", token, who);
        Optional<Refusal> refusal = refusal(entered);
        if (refusal.isPresent()) {
            leave("");
        }
        return refusal;
    }

    /**
     * Has the host remember that a repair begins.
     *
     * @param what is done, for people
     * @return false if somebody else has taken the lock meanwhile, or the host cannot write it down
     * @throws InterruptedException if the calling thread is interrupted
     * @throws HostLostException if the host cannot be asked
     */
    public boolean begin(String what) throws InterruptedException {
        return run("write down that a repair begins", "begin", token, who, what).isSuccess();
    }

    /**
     * Has the host remember how it ended, and gives the lock back.
     *
     * @param result {@code helped} or {@code failed}; empty if nothing was begun
     * @throws InterruptedException if the calling thread is interrupted
     * @throws HostLostException if the host cannot be asked
     */
    public void leave(String result) throws InterruptedException {
        run("give the lock back", "leave", token, result);
    }

    /**
     * Has the host forget all repairs, and who is at it.
     *
     * @return how that ended
     * @throws InterruptedException if the calling thread is interrupted
     * @throws HostLostException if the host cannot be asked
     */
    public CommandResult reset() throws InterruptedException {
        CommandResult.Ended ended = run("forget all repairs", "reset");
        return ended.isSuccess()
                ? ended
                : new CommandResult.Failed(
                        ShellFailure.DENIED,
                        "Tried to have " + shell.host() + " forget its repairs: exit code " + ended.exitCode()
                                + Redaction.said(", ", ended)
                                + "; see whether this user may write to /var/lib/upkeep/heal");
    }

    private CommandResult.Ended run(String purpose, String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(host));
        all.addAll(List.of(arguments));
        CommandLine script = Scripts.commandLine(Guard.class, "guard.sh", all);
        // Who may do only some things by sudo may hardly run any script by it.
        CommandLine command = privilege == Privilege.ANYTHING ? script.asAdministrator() : script;
        return HostLostException.requireEnded(shell.run(purpose, command, QUICK));
    }

    private Optional<Refusal> refusal(CommandResult.Ended told) {
        Facts facts = new Facts(told.stdout());
        Optional<Instant> now = facts.first("now").flatMap(Guard::instant);
        if (now.isEmpty()) {
            return Optional.of(notCounted(told));
        }
        Optional<String> maintenance = facts.first("maintenance");
        if (maintenance.isPresent()) {
            return Optional.of(new Refusal(
                    Refusal.Kind.MAINTENANCE,
                    Optional.empty(),
                    "/var/lib/upkeep/maintenance is there: " + Redaction.of(maintenance.get())));
        }
        Optional<String> held = facts.first("held");
        if (held.isPresent()) {
            String[] owner = held.get().split("\t", 2);
            return Optional.of(new Refusal(
                    Refusal.Kind.ANOTHER_HEALER,
                    Optional.empty(),
                    (owner.length > 1 && !owner[1].isEmpty() ? Redaction.of(owner[1]) : "somebody") + " is at it since "
                            + instant(owner[0]).map(Instant::toString).orElse("a while")));
        }
        return new Permit(limits, repairs(facts), now.get()).refusal();
    }

    private static Refusal notCounted(CommandResult.Ended told) {
        return new Refusal(
                Refusal.Kind.NOT_COUNTED,
                Optional.empty(),
                "the host cannot keep count of repairs: exit code " + told.exitCode() + Redaction.said(", ", told));
    }

    private static Optional<Instant> instant(String seconds) {
        return seconds.matches("[0-9]{1,12}")
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
                : Optional.empty();
    }

    /** One line says that it begins, and another one how it ended, unless it was cut short. */
    private static List<Repair> repairs(Facts facts) {
        Map<String, Repair> repairs = new LinkedHashMap<>();
        for (String line : facts.all("try")) {
            String[] fields = line.split("\t", -1);
            Optional<Instant> at = fields.length == FIELDS ? instant(fields[1]) : Optional.empty();
            if (at.isEmpty()) {
                continue;
            }
            if (fields[2].equals("begun")) {
                repairs.putIfAbsent(fields[0], new Repair(at.get(), false, fields[3]));
            } else {
                repairs.computeIfPresent(
                        fields[0],
                        (token, begun) -> new Repair(begun.begunAt(), fields[2].equals("helped"), begun.who()));
            }
        }
        return new ArrayList<>(repairs.values());
    }
}
