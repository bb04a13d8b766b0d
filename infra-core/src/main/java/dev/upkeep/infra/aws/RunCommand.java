package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.shell.CommandFailure;
import dev.upkeep.infra.shell.CommandLimits;
import dev.upkeep.infra.shell.CommandLine;
import dev.upkeep.infra.shell.CommandResult;
import dev.upkeep.infra.shell.RemoteShell;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * Run Command of Systems Manager: a way into instances on AWS that needs no open port and no key, only their agent. Several instances are sent a command
 * together. AWS keeps every command for 30 days and shows it to whoever may list commands, so it must hold no secret.
 *
 * <p>Of the output come the first 24,000 characters, and the first 8,000 of errors, when the command has ended. A command that ends with 194 is reported
 * with {@value #REBOOT_AVOIDED}: the agent would <a href="https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-reboot.html">reboot
 * the instance</a> and run the command again.
 */
final class RunCommand implements RemoteShell, AutoCloseable {

    /** The most that one command is sent to by the ids of instances. */
    static final int MOST_INSTANCES = 50;

    static final int LONGEST_OUTPUT = 24_000;
    static final int LONGEST_ERRORS = 8_000;
    static final int REBOOT_AVOIDED = 195;

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private static final String DOCUMENT = "AWS-RunShellScript";
    private static final String ONLINE = "Online";
    private static final String ALL = "100%";

    /** Often enough for somebody who waits, and seldom enough for the limits of the API. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** The shortest time to deliver a command that AWS takes. */
    private static final Duration SHORTEST_DELIVERY = Duration.ofSeconds(30);

    private final AwsSession session;
    private final Polling polling;
    private final LazyClient<SsmClient> client;

    /** Commands that somebody still waits for. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    RunCommand(AwsSession session, Polling polling) {
        this.session = session;
        this.polling = polling.every(PAUSE);
        this.client = session.lazily(SsmClient::builder);
    }

    @Override
    public CommandResult run(InstanceId instance, CommandLine command, CommandLimits limits)
            throws InterruptedException {
        return runOnAll(List.of(instance), command, limits).values().iterator().next();
    }

    @Override
    public Map<InstanceId, CommandResult> runOnAll(
            List<InstanceId> instances, CommandLine command, CommandLimits limits) throws InterruptedException {
        Map<InstanceId, CommandResult> results = new LinkedHashMap<>();
        instances.forEach(instance -> results.put(instance, unreachable(instance, "AWS knows no agent there")));
        for (int from = 0; from < instances.size(); from += MOST_INSTANCES) {
            List<InstanceId> some = instances.subList(from, Math.min(instances.size(), from + MOST_INSTANCES));
            results.putAll(runOnSome(some, command, limits));
        }
        return results;
    }

    private Map<InstanceId, CommandResult> runOnSome(
            List<InstanceId> instances, CommandLine command, CommandLimits limits) throws InterruptedException {
        Map<InstanceId, CommandResult> results = new LinkedHashMap<>();
        try {
            Map<InstanceId, String> agents = agents(instances);
            agents.forEach((instance, state) ->
                    results.put(instance, unreachable(instance, "the agent there is not online (" + state + ")")));
            List<InstanceId> online = instances.stream()
                    .filter(instance -> ONLINE.equals(agents.get(instance)))
                    .toList();
            if (!online.isEmpty()) {
                results.putAll(runOnline(online, command, limits));
            }
        } catch (AwsException e) {
            stopIfInterrupted();
            instances.forEach(instance -> results.put(instance, notSent(e)));
        }
        return results;
    }

    /** What Systems Manager says of the agents of instances; it does not name instances of which it never heard. */
    private Map<InstanceId, String> agents(List<InstanceId> instances) {
        List<String> ids = instances.stream().map(InstanceId::text).toList();
        InstanceInformationStringFilter these = InstanceInformationStringFilter.builder()
                .key("InstanceIds")
                .values(ids)
                .build();
        return session.ask(
                "find out whether the agents of " + String.join(", ", ids) + " are online",
                "ssm:DescribeInstanceInformation",
                () -> client
                        .get()
                        .describeInstanceInformation(
                                request -> request.maxResults(MOST_INSTANCES).filters(these))
                        .instanceInformationList()
                        .stream()
                        .filter(found -> ids.contains(found.instanceId()))
                        .collect(Collectors.toMap(
                                found -> InstanceId.of(found.instanceId()), InstanceInformation::pingStatusAsString)));
    }

    /** One instance that went offline meanwhile makes AWS refuse them all. */
    private Map<InstanceId, CommandResult> runOnline(
            List<InstanceId> instances, CommandLine command, CommandLimits limits) throws InterruptedException {
        String id;
        try {
            id = send(instances, command, limits);
        } catch (AwsException e) {
            stopIfInterrupted();
            Map<InstanceId, CommandResult> results = new LinkedHashMap<>();
            boolean anotherMayBeOnline = e.code().equals("InvalidInstanceId") && instances.size() > 1;
            for (InstanceId instance : instances) {
                results.put(
                        instance,
                        anotherMayBeOnline
                                ? runOnline(List.of(instance), command, limits)
                                        .values()
                                        .iterator()
                                        .next()
                                : notSent(e));
            }
            return results;
        }
        return new RunningCommand(id, instances, this, polling).await(limits);
    }

    private String send(List<InstanceId> instances, CommandLine command, CommandLimits limits) {
        List<String> ids = instances.stream().map(InstanceId::text).toList();
        Duration delivery = limits.start().compareTo(SHORTEST_DELIVERY) < 0 ? SHORTEST_DELIVERY : limits.start();
        SendCommandRequest request = SendCommandRequest.builder()
                .documentName(DOCUMENT)
                .instanceIds(ids)
                .timeoutSeconds(Math.toIntExact(delivery.toSeconds()))
                // What fails on one instance must not keep it from the others.
                .maxConcurrency(ALL)
                .maxErrors(ALL)
                .parameters(Map.of(
                        "commands",
                        script(command),
                        "executionTimeout",
                        List.of(String.valueOf(limits.run().toSeconds()))))
                .build();
        String id = session.ask(
                "run " + command.argv().get(0) + " on " + String.join(", ", ids),
                "ssm:SendCommand",
                () -> client.get().sendCommand(request).command().commandId());
        open.add(id);
        return id;
    }

    private static List<String> script(CommandLine command) {
        return List.of(command.inShell(), "code=$?", "[ $code != 194 ] || code=" + REBOOT_AVOIDED, "exit $code");
    }

    /** How a command goes on one instance. */
    GetCommandInvocationResponse invocation(String command, InstanceId instance) {
        return session.ask(
                "read how command " + command + " goes on " + instance,
                "ssm:GetCommandInvocation",
                () -> client.get()
                        .getCommandInvocation(
                                request -> request.commandId(command).instanceId(instance.text())));
    }

    /** Nobody waits for it any more. Where it has not begun it never will, and where it runs it is ended, a little later. */
    synchronized void cancel(String command) {
        if (!open.remove(command)) {
            return;
        }
        try {
            session.ask(
                    "cancel command " + command,
                    "ssm:CancelCommand",
                    () -> client.get().cancelCommand(request -> request.commandId(command)));
        } catch (AwsException e) {
            LOG.debug("{} ends by its own limit", command, e);
        }
    }

    void ended(String command) {
        open.remove(command);
    }

    static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static CommandResult unreachable(InstanceId instance, String found) {
        return new CommandResult.Failed(
                CommandFailure.UNREACHABLE,
                "Tried to reach " + instance + " through Run Command: " + found
                        + "; wait some minutes if it has just booted, else see that amazon-ssm-agent runs there"
                        + " (Debian has none), that it has the role of the stack, and a way out to port 443");
    }

    private static CommandResult notSent(AwsException e) {
        return new CommandResult.Failed(
                isDenied(e) ? CommandFailure.DENIED : CommandFailure.UNREACHABLE, String.valueOf(e.getMessage()));
    }

    static boolean isDenied(AwsException e) {
        return switch (e.code()) {
            case "AccessDenied",
                    "AccessDeniedException",
                    "UnauthorizedOperation",
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException" -> true;
            default -> false;
        };
    }

    /** Takes back what somebody still waits for. */
    @Override
    public void close() {
        open.forEach(this::cancel);
        client.close();
    }
}
