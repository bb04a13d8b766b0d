package dev.upkeep.infra.local.state;

import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is remembered of one stack.
 *
 * @param shape its shape
 * @param edgePort the port that users reach
 * @param instances its instances in order
 * @param deployed what the last apply that succeeded rolled out; empty if none has succeeded yet
 * @param operation what is being done to it, or was when somebody was interrupted
 * @param failure the last operation, if it failed
 */
public record StackRecord(
        Shape shape,
        int edgePort,
        List<InstanceRecord> instances,
        Optional<Release> deployed,
        Optional<Operation> operation,
        Optional<FailedOperation> failure) {

    /** Copies the list. */
    public StackRecord {
        instances = List.copyOf(instances);
    }

    /**
     * Looks up one instance.
     *
     * @param id its name
     * @return what is remembered of it
     */
    public Optional<InstanceRecord> instance(InstanceId id) {
        return instances.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /**
     * The stack with one instance remembered differently, or added.
     *
     * @param changed the instance
     * @return a new record
     */
    public StackRecord with(InstanceRecord changed) {
        List<InstanceRecord> next = new ArrayList<>(instances);
        next.replaceAll(each -> each.id().equals(changed.id()) ? changed : each);
        if (!next.contains(changed)) {
            next.add(changed);
        }
        return new StackRecord(shape, edgePort, next, deployed, operation, failure);
    }

    /**
     * The stack without an instance.
     *
     * @param id its name
     * @return a new record
     */
    public StackRecord without(InstanceId id) {
        List<InstanceRecord> next =
                instances.stream().filter(each -> !each.id().equals(id)).toList();
        return new StackRecord(shape, edgePort, next, deployed, operation, failure);
    }

    /**
     * The stack with an edge elsewhere.
     *
     * @param port the new port
     * @return a new record
     */
    public StackRecord atEdge(int port) {
        return new StackRecord(shape, port, instances, deployed, operation, failure);
    }

    /**
     * The stack while something is done to it.
     *
     * @param begun what is done
     * @return a new record
     */
    public StackRecord during(Operation begun) {
        return new StackRecord(shape, edgePort, instances, deployed, Optional.of(begun), failure);
    }

    /**
     * The stack with nothing being done to it, after an operation that succeeded.
     *
     * @return a new record
     */
    public StackRecord atRest() {
        return new StackRecord(shape, edgePort, instances, deployed, Optional.empty(), Optional.empty());
    }

    /**
     * The stack with a release rolled out to all of it.
     *
     * @param release what every instance was seen to serve
     * @return a new record
     */
    public StackRecord withDeployed(Release release) {
        return new StackRecord(shape, edgePort, instances, Optional.of(release), operation, failure);
    }

    /**
     * The stack with nothing being done to it, and with the failure that it had before.
     *
     * @return a new record
     */
    public StackRecord withoutOperation() {
        return new StackRecord(shape, edgePort, instances, deployed, Optional.empty(), failure);
    }

    /**
     * The stack after the operation on it has failed. Changes nothing if there is none: what is noted first is the cause.
     *
     * @param left the state that it leaves; empty if the instances say enough
     * @param problem what went wrong, for people
     * @return a new record
     */
    public StackRecord failed(Optional<StackState> left, String problem) {
        return operation
                .map(failed -> new StackRecord(
                        shape,
                        edgePort,
                        instances,
                        deployed,
                        Optional.empty(),
                        Optional.of(new FailedOperation(failed, left, problem))))
                .orElse(this);
    }

    /**
     * All ports that the stack uses.
     *
     * @return the ports, in use or remembered
     */
    public Set<Integer> ports() {
        return Stream.concat(
                        Stream.of(edgePort), instances.stream().flatMap(each -> Stream.of(each.port(), each.appPort())))
                .collect(Collectors.toSet());
    }
}
