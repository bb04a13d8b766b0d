package dev.upkeep.remediation;

import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.shell.ShellFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A host whose facts are written down, that remembers repairs as a real one does, and on which commands have effects. Time passes only in it. */
final class HostOfTests implements RemoteShell, InstantSource {

    static final Instant MORNING = Instant.parse("2026-11-28T08:00:00Z");

    private final List<String> commands = new ArrayList<>();
    private final List<String> repairs = new ArrayList<>();
    private final Map<String, Supplier<CommandResult>> effects = new HashMap<>();
    private Instant now = MORNING;
    private String facts = "may\troot\n";
    private Optional<String> lock = Optional.empty();
    private Optional<ShellFailure> isLost = Optional.empty();
    private boolean canWrite = true;

    void isFound(String... lines) {
        facts = String.join("\n", lines) + "\n";
    }

    /** What a command does, and how it ends. */
    void whenRun(String command, Supplier<CommandResult> effect) {
        effects.put(command, effect);
    }

    void isLost(ShellFailure failure) {
        isLost = Optional.of(failure);
    }

    void isLockedBy(String who) {
        lock = Optional.of(who);
    }

    void cannotWrite() {
        canWrite = false;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    boolean isLocked() {
        return lock.isPresent();
    }

    List<String> repairs() {
        return repairs;
    }

    /** Those that are no scripts of ours. */
    List<String> commands() {
        return commands;
    }

    static CommandResult ended(int exitCode, String stderr) {
        return new CommandResult.Ended(exitCode, "", stderr, false);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public String host() {
        return "ann@www1";
    }

    @Override
    public CommandResult run(CommandLine command, CommandLimits limits) {
        if (isLost.isPresent()) {
            return new CommandResult.Failed(isLost.get(), "Tried to reach www1: no answer; see the network");
        }
        List<String> argv =
                command.argv().get(0).equals("sudo") && command.argv().contains("sh")
                        ? command.argv().subList(3, command.argv().size())
                        : command.argv();
        if (argv.get(0).equals("sh")) {
            return argv.get(3).equals("look")
                    ? new CommandResult.Ended(0, facts, "", false)
                    : guard(argv.subList(5, argv.size()));
        }
        commands.add(command.inShell());
        return effects.getOrDefault(command.inShell(), () -> ended(0, "")).get();
    }

    private CommandResult guard(List<String> arguments) {
        StringBuilder told = new StringBuilder("now\t" + now.getEpochSecond() + "\n");
        repairs.forEach(line -> told.append("try\t").append(line).append('\n'));
        switch (arguments.get(0)) {
            case "enter" -> lock = lock.isPresent() ? lock : Optional.of(arguments.get(1));
            case "begin" -> {
                if (!canWrite) {
                    return ended(1, "");
                }
                repairs.add(arguments.get(1) + "\t" + now.getEpochSecond() + "\tbegun\t" + arguments.get(2) + "\t"
                        + arguments.get(3));
            }
            case "leave" -> {
                if (!lock.equals(Optional.of(arguments.get(1)))) {
                    return ended(1, "");
                }
                if (!arguments.get(2).isEmpty()) {
                    repairs.add(arguments.get(1) + "\t" + now.getEpochSecond() + "\t" + arguments.get(2) + "\t\t");
                }
                lock = Optional.empty();
            }
            case "reset" -> repairs.clear();
            default -> {}
        }
        if (arguments.size() > 1 && lock.isPresent() && !lock.get().equals(arguments.get(1))) {
            told.append("held\t")
                    .append(now.getEpochSecond())
                    .append('\t')
                    .append(lock.get())
                    .append('\n');
        }
        return new CommandResult.Ended(0, told.toString(), "", false);
    }
}
