package dev.upkeep.remediation.audit;

import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.RemoteShell;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A shell that writes down what it runs. For one visit, and one thread. */
public final class AuditedShell {

    private static final int LINES = 10;

    private final RemoteShell shell;
    private final String who;
    private final InstantSource clock;
    private final Consumer<AuditEntry> listener;
    private final List<AuditEntry> entries = new ArrayList<>();

    /**
     * Nothing was run yet.
     *
     * @param shell runs it
     * @param who has it run
     * @param clock says when
     * @param listener is told of each command when it has ended
     */
    public AuditedShell(RemoteShell shell, String who, InstantSource clock, Consumer<AuditEntry> listener) {
        this.shell = shell;
        this.who = who;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Runs a command.
     *
     * @param purpose why
     * @param command what
     * @param limits how long it may take
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted; then it is written down, too
     */
    public CommandResult run(String purpose, CommandLine command, CommandLimits limits) throws InterruptedException {
        Instant begun = clock.instant();
        try {
            CommandResult result = shell.run(command, limits);
            note(
                    begun,
                    purpose,
                    command,
                    result.match(ended -> "exit code " + ended.exitCode(), failed -> failed.message()),
                    result.match(AuditedShell::tail, failed -> ""));
            return result;
        } catch (InterruptedException e) {
            note(begun, purpose, command, "interrupted", "");
            throw e;
        }
    }

    private void note(Instant begun, String purpose, CommandLine command, String result, String output) {
        AuditEntry entry = new AuditEntry(
                begun, who, shell.host(), purpose, command, result, output, Duration.between(begun, clock.instant()));
        entries.add(entry);
        listener.accept(entry);
    }

    private static String tail(CommandResult.Ended ended) {
        List<String> lines =
                Stream.concat(ended.stdout().lines(), ended.stderr().lines()).toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                .map(Redaction::of)
                .collect(Collectors.joining("\n"));
    }

    /**
     * The host.
     *
     * @return what the shell calls it
     */
    public String host() {
        return shell.host();
    }

    /**
     * What was run so far.
     *
     * @return in order
     */
    public List<AuditEntry> entries() {
        return List.copyOf(entries);
    }
}
