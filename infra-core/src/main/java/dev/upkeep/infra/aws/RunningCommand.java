package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsAdvice;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.shell.CommandFailure;
import dev.upkeep.infra.shell.CommandLimits;
import dev.upkeep.infra.shell.CommandResult;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/**
 * A command that was sent to instances, until it has ended on each. Its states are those of
 * <a href="https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html">Run Command</a>. Used once, by one thread.
 */
final class RunningCommand {

    /** Right after the sending, AWS may not know it yet. */
    private static final String NOT_YET = "InvocationDoesNotExist";

    /** How late AWS may say that a limit was reached. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final String id;
    private final RunCommand way;
    private final Polling polling;
    private final Set<InstanceId> waiting = new LinkedHashSet<>();
    private final Set<InstanceId> running = new LinkedHashSet<>();
    private final Map<InstanceId, CommandResult> results = new LinkedHashMap<>();
    private String lastTrouble = "";
    private boolean isGivenUp;

    RunningCommand(String id, List<InstanceId> instances, RunCommand way, Polling polling) {
        this.id = id;
        this.way = way;
        this.polling = polling;
        waiting.addAll(instances);
    }

    Map<InstanceId, CommandResult> await(CommandLimits limits) throws InterruptedException {
        try {
            polling.until(limits.start(), () -> {
                look();
                return waiting.isEmpty();
            });
            giveUp(
                    waiting,
                    lastTrouble.isEmpty() ? CommandFailure.UNDELIVERED : CommandFailure.LOST,
                    "it has not begun there within " + text(limits.start()));
            polling.until(limits.run().plus(MARGIN), () -> {
                look();
                return running.isEmpty();
            });
            giveUp(
                    running,
                    CommandFailure.TIMED_OUT,
                    "AWS does not say that it has ended there after " + text(limits.run()));
            if (!isGivenUp) {
                way.ended(id);
            }
            return results;
        } finally {
            // Does nothing to one that has ended.
            way.cancel(id);
        }
    }

    private void look() throws InterruptedException {
        List<InstanceId> open = List.copyOf(waiting);
        for (InstanceId instance : open) {
            look(instance);
        }
        for (InstanceId instance : List.copyOf(running)) {
            if (!open.contains(instance)) {
                look(instance);
            }
        }
    }

    private void look(InstanceId instance) throws InterruptedException {
        try {
            follow(instance, way.invocation(id, instance));
        } catch (AwsException e) {
            RunCommand.stopIfInterrupted();
            if (AwsAdvice.isTransient(e)) {
                lastTrouble = ", and AWS could not be asked: " + AwsAdvice.found(e);
            } else if (!e.code().equals(NOT_YET)) {
                isGivenUp = true;
                end(instance, new CommandResult.Failed(CommandFailure.LOST, String.valueOf(e.getMessage())));
            }
        }
    }

    private void follow(InstanceId instance, GetCommandInvocationResponse found) {
        switch (found.statusAsString()) {
            case "Pending", "Delayed" -> {}
            case "InProgress", "Cancelling" -> {
                waiting.remove(instance);
                running.add(instance);
            }
            default -> end(instance, ending(instance, found));
        }
    }

    private CommandResult ending(InstanceId instance, GetCommandInvocationResponse found) {
        // The documentation writes "Execution Timed Out", and services write it with and without the spaces.
        return switch (found.statusDetails().replace(" ", "")) {
            case "Success" -> ended(found);
            case "Failed" ->
                found.responseCode() >= 0
                        ? ended(found)
                        : failed(instance, CommandFailure.UNDELIVERED, "the agent there could not begin it");
            case "Cancelled" -> failed(instance, CommandFailure.CANCELLED, "somebody cancelled it");
            case "ExecutionTimedOut", "TimedOut" ->
                withOutput(failed(instance, CommandFailure.TIMED_OUT, "it was stopped there at its limit"), found);
            case "DeliveryTimedOut" ->
                failed(instance, CommandFailure.UNDELIVERED, "the agent there did not take it in time");
            case "Undeliverable", "AccessDenied", "Terminated", "InvalidPlatform" ->
                failed(instance, CommandFailure.UNDELIVERED, "it did not run there: " + found.statusDetails());
            default -> failed(instance, CommandFailure.LOST, "AWS says of it: " + found.statusDetails());
        };
    }

    private static CommandResult ended(GetCommandInvocationResponse found) {
        String stdout = found.standardOutputContent();
        String stderr = found.standardErrorContent();
        return new CommandResult.Ended(found.responseCode(), stdout, stderr, isCut(stdout, stderr));
    }

    private static boolean isCut(String stdout, String stderr) {
        return stdout.length() >= RunCommand.LONGEST_OUTPUT || stderr.length() >= RunCommand.LONGEST_ERRORS;
    }

    /** AWS leaves out what there is none of. */
    private static CommandResult withOutput(CommandResult.Failed failed, GetCommandInvocationResponse found) {
        String stdout = Objects.requireNonNullElse(found.standardOutputContent(), "");
        String stderr = Objects.requireNonNullElse(found.standardErrorContent(), "");
        return new CommandResult.Failed(failed.failure(), failed.message(), stdout, stderr, isCut(stdout, stderr));
    }

    private CommandResult.Failed failed(InstanceId instance, CommandFailure failure, String found) {
        String next = failure.mayHaveRun()
                ? "see on the instance what it has done before you run it again"
                : "see that the instance is up and not overloaded, and try again";
        return new CommandResult.Failed(
                failure, "Tried to run command " + id + " on " + instance + ": " + found + "; " + next);
    }

    private void giveUp(Set<InstanceId> open, CommandFailure failure, String found) {
        for (InstanceId instance : List.copyOf(open)) {
            isGivenUp = true;
            end(instance, failed(instance, failure, found + lastTrouble));
        }
    }

    private void end(InstanceId instance, CommandResult result) {
        waiting.remove(instance);
        running.remove(instance);
        results.put(instance, result);
    }

    private static String text(Duration limit) {
        return limit.toSeconds() + " s";
    }
}
