package dev.upkeep.remediation.testing;

import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.RemoteShell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A shell for tests: it runs nothing, answers as it is told, and keeps what it was asked. Safe for use by several threads if its script is. */
public final class ScriptedShell implements RemoteShell {

    private final String host;
    private final Function<CommandLine, CommandResult> script;
    private final List<CommandLine> commands = Collections.synchronizedList(new ArrayList<>());

    /**
     * A shell.
     *
     * @param host what it says that its host is called
     * @param script what comes of a command
     */
    public ScriptedShell(String host, Function<CommandLine, CommandResult> script) {
        this.host = host;
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
    public String host() {
        return host;
    }

    @Override
    public CommandResult run(CommandLine command, CommandLimits limits) {
        commands.add(command);
        return script.apply(command);
    }

    /**
     * What it was asked so far.
     *
     * @return every command in the order in which it came
     */
    public List<CommandLine> commands() {
        return List.copyOf(commands);
    }
}
