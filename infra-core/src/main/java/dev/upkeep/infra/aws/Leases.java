package dev.upkeep.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.upkeep.infra.aws.client.Uninterrupted;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.StackBusyException;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * Who is changing a stack, for all to see: a numbered parameter that its holder renews. CloudFormation shows what it does itself; what a
 * process does before and between, such as to push images, shows only here. A parameter of one name can be created only once, so that of
 * two who want to come next one does.
 */
final class Leases {

    /** A holder that was not heard of for so long is gone. It renews six times as often. */
    static final Duration LOST = Duration.ofMinutes(1);

    private final ParameterStore parameters;
    private final InstantSource clock;

    /** One that was found: its number, what is done, on which machine, and when it was renewed last. */
    private record Found(int number, Operation operation, String place, Instant renewed) {}

    Leases(ParameterStore parameters, InstantSource clock) {
        this.parameters = parameters;
        this.clock = clock;
    }

    /** Who changes the stack now, empty if nobody does, or did not say so for a while. */
    Optional<Operation> holder(StackName stack) {
        return newest(stack).filter(this::isAlive).map(Found::operation);
    }

    /**
     * Takes the next number.
     *
     * @throws StackBusyException if somebody has one, or was faster
     */
    Lease take(Operation operation) {
        StackName stack = operation.stack();
        List<Found> before = all(stack);
        newest(before).filter(this::isAlive).ifPresent(found -> {
            throw new StackBusyException(found.operation());
        });
        int number = newest(before).map(Found::number).orElse(0) + 1;
        try {
            parameters.create(saying(stack), name(stack, number), value(operation));
        } catch (AwsException e) {
            requireOwn(operation, e);
        }
        before.forEach(gone -> remove(stack, gone.number()));
        return Lease.begin(this, operation, number);
    }

    /** What got lost may be the answer only, as where the thread was interrupted meanwhile. */
    private void requireOwn(Operation operation, AwsException failure) {
        List<Found> now;
        try {
            now = Uninterrupted.get(() -> all(operation.stack()));
        } catch (AwsException unanswered) {
            failure.addSuppressed(unanswered);
            throw failure;
        }
        if (now.stream().noneMatch(found -> found.operation().id().equals(operation.id()))) {
            throw failure.code().equals(ParameterStore.TAKEN)
                    ? newest(now)
                            .filter(this::isAlive)
                            .map(found -> new StackBusyException(found.operation()))
                            .orElseGet(() -> new StackBusyException(operation.stack()))
                    : failure;
        }
    }

    /** Removes what processes have left that are gone. */
    void tidy(StackName stack) {
        all(stack).stream().filter(found -> !isAlive(found)).forEach(gone -> remove(stack, gone.number()));
    }

    /** Whoever has a higher number, empty if nobody has. */
    Optional<Operation> successor(StackName stack, int number) {
        return newest(stack).filter(found -> found.number() > number).map(Found::operation);
    }

    void renew(Operation operation, int number) {
        StackName stack = operation.stack();
        parameters.write(saying(stack), name(stack, number), value(operation));
    }

    private Optional<Found> newest(StackName stack) {
        return newest(all(stack));
    }

    private static Optional<Found> newest(List<Found> all) {
        return all.stream().max(Comparator.comparing(Found::number));
    }

    private boolean isAlive(Found found) {
        return found.renewed().plus(LOST).isAfter(clock.instant()) && !isGone(found);
    }

    /** A process of the same place can be looked for. Its number may be another one's by now, as that of the first process of a container always is. */
    private static boolean isGone(Found found) {
        return found.place().equals(place())
                && ProcessHandle.of(found.operation().pid())
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> process.info()
                                .startInstant()
                                .filter(found.operation().since()::isBefore)
                                .isEmpty())
                        .isEmpty();
    }

    private List<Found> all(StackName stack) {
        return parameters.below("see who is changing the stack " + stack, path(stack)).stream()
                .flatMap(parameter -> found(stack, parameter).stream())
                .toList();
    }

    private static Optional<Found> found(StackName stack, Parameter parameter) {
        try {
            JsonNode value = new ObjectMapper().readTree(parameter.value());
            String host = value.required("host").asText();
            Operation operation = new Operation(
                    value.required("id").asText(),
                    stack,
                    Operation.Kind.valueOf(value.required("kind").asText()),
                    value.required("by").asText(),
                    host.equals(host()) ? value.required("pid").asLong() : 0,
                    Instant.parse(value.required("since").asText()));
            int number = Integer.parseInt(parameter.name().substring(path(stack).length() + 1));
            String place = value.path("place").asText(host);
            return Optional.of(new Found(number, operation, place, parameter.lastModifiedDate()));
        } catch (JsonProcessingException | RuntimeException somebodyElseWroteIt) {
            return Optional.empty();
        }
    }

    private static String saying(StackName stack) {
        return "say that the stack " + stack + " is being changed";
    }

    private static String value(Operation operation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", operation.id())
                .put("kind", operation.kind().name())
                .put("by", operation.by())
                .put("host", host())
                .put("place", place())
                .put("pid", operation.pid())
                .put("since", operation.since().toString())
                .toString();
    }

    void remove(StackName stack, int number) {
        parameters.remove(name(stack, number));
    }

    private static String path(StackName stack) {
        return BaseStack.parameters(stack.text()) + "lease";
    }

    private static String name(StackName stack, int number) {
        return path(stack) + "/" + number;
    }

    /**
     * Where the numbers of processes mean the same ones: this start of this machine, and on Linux this container of it. Containers may share the
     * name of their machine.
     */
    static String place() {
        try {
            return host() + " "
                    + Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                            .strip() + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return host();
        }
    }

    /** The name of this machine. */
    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
