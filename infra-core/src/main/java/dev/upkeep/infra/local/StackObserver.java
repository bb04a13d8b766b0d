package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.local.haproxy.Haproxy;
import dev.upkeep.infra.local.nginx.Nginx;
import dev.upkeep.infra.local.probe.Answer;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.local.upstream.Upstream;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Observes what really runs of a stack. Changes nothing. */
final class StackObserver {

    private final StackContext context;
    private final LocalProbe probe = new LocalProbe();

    StackObserver(StackContext context) {
        this.context = context;
    }

    /** What stands, by the state file and by what was found of it. */
    ObservedStack observe() {
        return context.stateFile().read().stack().map(this::observe).orElseGet(ObservedStack::nothing);
    }

    ObservedStack observe(StackRecord stack) {
        List<Instance> instances = stack.instances().stream().map(this::look).toList();
        return new ObservedStack(Optional.of(stack.shape()), stack.edgePort(), edgeFault(stack), instances);
    }

    Instance look(InstanceRecord instance) {
        Path folder = context.folder().instance(instance.id());
        Nginx nginx = new Nginx(context.program("nginx"), folder, context.machine());
        if (nginx.master().isEmpty()) {
            String fault = nginx.all().isEmpty() ? "nginx does not run" : "nginx lost its master, workers go on alone";
            return found(instance, InstanceHealth.STOPPED, fault);
        }
        if (nginx.isStopped()) {
            return found(instance, InstanceHealth.HUNG, "nginx is stopped (SIGSTOP)");
        }
        Answer answer = probe.ask(instance.port(), ServedPaths.VERSION);
        if (!answer.arrived()) {
            return found(instance, InstanceHealth.HUNG, "nginx runs but: " + answer.problem());
        }
        if (!answer.says(instance.release().version())) {
            String wanted = instance.release().version();
            return found(
                    instance, InstanceHealth.UNHEALTHY, "it serves \"" + answer.body() + "\" instead of " + wanted);
        }
        String missing = instance.release()
                .application()
                .healthCheck()
                .map(health -> notReady(instance, health))
                .orElse("");
        if (!missing.isEmpty()) {
            return found(instance, InstanceHealth.NOT_READY, missing);
        }
        return instance.settled()
                ? found(instance, InstanceHealth.HEALTHY, "")
                : found(instance, InstanceHealth.UNHEALTHY, "its last change was not finished");
    }

    private static Instance found(InstanceRecord record, InstanceHealth health, String fault) {
        return new Instance(
                record.id(), "local", Ports.address(record.port()), record.release(), health, record.rotation(), fault);
    }

    /** What nginx is asked, others ask too; why it says no is seen only from here. */
    private String notReady(InstanceRecord instance, AppHealth health) {
        Upstream upstream = new Upstream(context.folder().instance(instance.id()), context.machine());
        if (upstream.running().isEmpty() && upstream.all().isEmpty()) {
            return "its application does not run";
        }
        Answer ready =
                probe.ask(instance.port(), ServedPaths.READINESS, health.limit().plus(LocalProbe.LIMIT));
        if (ready.status() == 200) {
            return "";
        }
        Answer answer = probe.ask(instance.appPort(), health.path(), health.limit());
        String found = answer.arrived() ? "answered " + answer.status() : answer.problem();
        return "its application is not healthy: " + health.path() + " " + found;
    }

    private String edgeFault(StackRecord stack) {
        Haproxy haproxy = context.haproxy();
        if (stack.shape() == Shape.SINGLE) {
            // A single instance is its own edge.
            return haproxy.running().isEmpty() ? "" : "a load balancer still runs that the shape does not have";
        }
        if (haproxy.running().isEmpty()) {
            return "HAProxy does not run";
        }
        if (!haproxy.answers()) {
            return "HAProxy runs but does not answer";
        }
        return haproxy.isConfiguredFor(stack.edgePort(), Edge.servers(stack.instances()))
                ? ""
                : "HAProxy was started for other instances";
    }

    /** Whether users get an answer from an application that is healthy. */
    boolean edgeServes(StackRecord stack) {
        return probe.ask(stack.edgePort(), ServedPaths.READINESS).status() == 200;
    }
}
