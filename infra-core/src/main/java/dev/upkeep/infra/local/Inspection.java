package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.local.haproxy.Haproxy;
import dev.upkeep.infra.local.nginx.Nginx;
import dev.upkeep.infra.local.probe.Answer;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.local.upstream.Upstream;
import dev.upkeep.infra.spec.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at what really runs. Changes nothing. */
final class Inspection {

    private final Context context;
    private final LocalProbe probe = new LocalProbe();

    Inspection(Context context) {
        this.context = context;
    }

    List<InstanceView> instances(StackRecord stack) {
        return stack.instances().stream().map(this::look).toList();
    }

    InstanceView look(InstanceRecord instance) {
        Path folder = context.folder().instance(instance.id());
        Nginx nginx = new Nginx(context.program("nginx"), folder, context.machine());
        if (nginx.master().isEmpty()) {
            String fault = nginx.all().isEmpty() ? "nginx does not run" : "nginx lost its master, workers go on alone";
            return new InstanceView(instance, InstanceHealth.STOPPED, fault);
        }
        if (nginx.isStopped()) {
            return new InstanceView(instance, InstanceHealth.HUNG, "nginx is stopped (SIGSTOP)");
        }
        Answer answer = probe.ask(instance.port(), "/version.txt");
        if (!answer.arrived()) {
            return new InstanceView(instance, InstanceHealth.HUNG, "nginx runs but: " + answer.problem());
        }
        String fault = fault(instance, answer);
        return new InstanceView(instance, fault.isEmpty() ? InstanceHealth.HEALTHY : InstanceHealth.UNHEALTHY, fault);
    }

    private String fault(InstanceRecord instance, Answer answer) {
        if (!answer.says(instance.release().version())) {
            return "it serves \"" + answer.body() + "\" instead of "
                    + instance.release().version();
        }
        Upstream upstream = new Upstream(context.folder().instance(instance.id()), context.machine());
        if (upstream.running().isEmpty() && upstream.all().isEmpty()) {
            return "its application does not run";
        }
        Answer health = probe.ask(instance.appPort(), "/healthz");
        if (!health.arrived()) {
            return "its application runs but: " + health.problem();
        }
        return instance.settled() ? "" : "its last change was not finished";
    }

    /** A single instance is its own edge. */
    String edgeFault(StackRecord stack) {
        if (stack.shape() == Shape.SINGLE) {
            return "";
        }
        Haproxy haproxy = context.haproxy();
        if (haproxy.running().isEmpty()) {
            return "HAProxy does not run";
        }
        return haproxy.answers() ? "" : "HAProxy runs but does not answer";
    }

    boolean edgeServes(StackRecord stack) {
        return edgeFault(stack).isEmpty()
                && probe.ask(stack.edgePort(), "/version.txt").status() == 200;
    }

    Deployed deployed(StackRecord stack) {
        return new Deployed(
                Optional.of(stack.shape()),
                stack.edgePort(),
                edgeFault(stack),
                instances(stack).stream().map(InstanceView::deployed).toList());
    }

    List<String> problems(StackRecord stack, List<InstanceView> views) {
        List<String> problems = new ArrayList<>();
        for (InstanceView view : views) {
            String name = "instance " + view.record().id() + ": ";
            if (!view.fault().isEmpty()) {
                problems.add(name + view.fault());
            }
            if (view.record().rotation() == Rotation.DRAINED) {
                problems.add(name + "drained, gets no new requests");
            }
        }
        String edge = edgeFault(stack);
        if (!edge.isEmpty()) {
            problems.add("edge: " + edge);
        }
        return problems;
    }
}
