package dev.upkeep.infra.shell;

import dev.upkeep.infra.inventory.InstanceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;

/** A shell for tests: it runs nothing, answers as it is told, and keeps what it was asked. Safe for use by several threads. */
public final class ScriptedShell implements RemoteShell {

    private final BiFunction<InstanceId, CommandLine, CommandResult> script;
    private final List<Run> runs = Collections.synchronizedList(new ArrayList<>());

    /**
     * One command that it was asked to run.
     *
     * @param instance where
     * @param command what
     * @param limits how long it might have taken
     */
    public record Run(InstanceId instance, CommandLine command, CommandLimits limits) {}

    /**
     * A shell.
     *
     * @param script what comes of a command on an instance
     */
    public ScriptedShell(BiFunction<InstanceId, CommandLine, CommandResult> script) {
        this.script = script;
    }

    /**
     * The end of a command.
     *
     * @param exitCode 0 for success
     * @param stdout what it printed
     * @return a result with nothing on stderr
     */
    public static CommandResult ended(int exitCode, String stdout) {
        return new CommandResult.Ended(exitCode, stdout, "", false);
    }

    @Override
    public CommandResult run(InstanceId instance, CommandLine command, CommandLimits limits) {
        runs.add(new Run(instance, command, limits));
        return script.apply(instance, command);
    }

    /**
     * What it was asked so far.
     *
     * @return every command in the order in which it came
     */
    public List<Run> runs() {
        return List.copyOf(runs);
    }
}
