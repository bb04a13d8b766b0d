package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.local.haproxy.Haproxy;
import dev.upkeep.infra.local.nginx.Nginx;
import dev.upkeep.infra.local.probe.Answer;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.state.AppCommand;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.local.upstream.Upstream;
import dev.upkeep.infra.spec.AppHealth;
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
        return stack.instances().stream().map(each -> look(stack, each)).toList();
    }

    InstanceView look(StackRecord stack, InstanceRecord instance) {
        Path folder = context.folder().instance(instance.id());
        Nginx nginx = new Nginx(context.program("nginx"), folder, context.machine());
        if (nginx.master().isEmpty()) {
            String fault = nginx.all().isEmpty() ? "nginx does not run" : "nginx lost its master, workers go on alone";
            return new InstanceView(instance, InstanceHealth.STOPPED, fault);
        }
        if (nginx.isStopped()) {
            return new InstanceView(instance, InstanceHealth.HUNG, "nginx is stopped (SIGSTOP)");
        }
        Answer answer = probe.ask(instance.port(), ServedPaths.VERSION);
        if (!answer.arrived()) {
            return new InstanceView(instance, InstanceHealth.HUNG, "nginx runs but: " + answer.problem());
        }
        String version = instance.release().version();
        if (!answer.says(version)) {
            String fault = "it serves \"" + answer.body() + "\" instead of " + version;
            return new InstanceView(instance, InstanceHealth.UNHEALTHY, fault);
        }
        String fault = stack.app().map(app -> notReady(instance, app)).orElse("");
        if (!fault.isEmpty()) {
            return new InstanceView(instance, InstanceHealth.NOT_READY, fault);
        }
        String unfinished = instance.settled() ? "" : "its last change was not finished";
        return new InstanceView(instance, InstanceHealth.HEALTHY, unfinished);
    }

    /** What nginx is asked, others ask too; why it says no is seen only from here. */
    private String notReady(InstanceRecord instance, AppCommand app) {
        Upstream upstream = new Upstream(context.folder().instance(instance.id()), context.machine());
        if (upstream.running().isEmpty() && upstream.all().isEmpty()) {
            return "its application does not run";
        }
        AppHealth health = app.health();
        Answer ready =
                probe.ask(instance.port(), ServedPaths.READINESS, health.limit().plus(LocalProbe.LIMIT));
        if (ready.status() == 200) {
            return "";
        }
        Answer answer = probe.ask(instance.appPort(), health.path(), health.limit());
        String found = answer.arrived() ? "answered " + answer.status() : answer.problem();
        return "its application is not healthy: " + health.path() + " " + found;
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
                && probe.ask(stack.edgePort(), ServedPaths.READINESS).status() == 200;
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
