package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.local.container.InstanceContainers;
import dev.upkeep.infra.local.haproxy.Haproxy;
import dev.upkeep.infra.local.nginx.Nginx;
import dev.upkeep.infra.local.probe.Answer;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.local.state.FoundState;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.local.upstream.Upstream;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Observes what really runs of a stack. Changes nothing. */
final class StackObserver {

    private static final int AT_ONCE = 64;
    private static final int QUESTIONS_TO_THE_EDGE = 3;
    /** What nginx says for a release that is not there. */
    private static final int NO_RELEASE = 503;

    private final StackContext context;
    private final LocalProbe probe = new LocalProbe();

    StackObserver(StackContext context) {
        this.context = context;
    }

    /** What stands, by the state file and by what was found of it. */
    ObservedStack observe() throws InterruptedException {
        FoundState found = context.stateFile().read();
        if (found.stack().isPresent()) {
            return observe(found.stack().get());
        }
        return isUnreadable(found) ? ObservedStack.withoutState() : ObservedStack.nothing();
    }

    /** Whether there is something of a stack that is not remembered. */
    boolean isUnreadable(FoundState found) {
        return found.damaged()
                || !context.machine()
                        .processes()
                        .within(context.folder().path())
                        .isEmpty();
    }

    ObservedStack observe(StackRecord stack) throws InterruptedException {
        List<Instance> instances = lookAt(stack.instances());
        return new ObservedStack(Optional.of(stack.shape()), stack.edgePort(), edgeFault(stack), instances, false);
    }

    /** At the same time: each may use up its whole limit. */
    private List<Instance> lookAt(List<InstanceRecord> records) throws InterruptedException {
        if (records.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(records.size(), AT_ONCE), task -> {
            Thread thread = new Thread(task, "look-at-" + context.folder().stack());
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<Instance>> looks = records.stream()
                    .<Callable<Instance>>map(record -> () -> look(record))
                    .toList();
            List<Instance> instances = new ArrayList<>();
            for (Future<Instance> look : threads.invokeAll(looks)) {
                instances.add(result(look));
            }
            return instances;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Instance result(Future<Instance> look) throws InterruptedException {
        try {
            return look.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    Instance look(InstanceRecord instance) throws InterruptedException {
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
        boolean ofImages = instance.release().containers().isPresent();
        if (ofImages && answer.status() == NO_RELEASE) {
            return found(instance, InstanceHealth.NOT_READY, behindSocket(instance));
        }
        if (!answer.says(instance.release().version())) {
            String wanted = instance.release().version();
            return found(
                    instance, InstanceHealth.UNHEALTHY, "it serves \"" + answer.body() + "\" instead of " + wanted);
        }
        String missing = ofImages
                ? behindSocket(instance)
                : instance.release()
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
                record.id(),
                "local",
                Optional.of(Ports.address(record.port())),
                record.release(),
                health,
                record.rotation(),
                fault);
    }

    /** Why the release in containers is not ready; empty if it is. */
    private String behindSocket(InstanceRecord instance) throws InterruptedException {
        Answer ready = probe.ask(
                instance.port(), ServedPaths.READINESS, instance.healthLimit().plus(LocalProbe.LIMIT));
        if (ready.status() == 200) {
            return "";
        }
        String trouble = new InstanceContainers(context.folder().instance(instance.id()), context.machine()).trouble();
        return trouble.isEmpty()
                ? "its application is not healthy: " + ServedPaths.READINESS + " answered " + ready.status()
                : trouble;
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
        return haproxy.isConfiguredFor(
                        stack.edgePort(), Edge.servers(stack.instances()), Edge.limits(stack.instances()))
                ? ""
                : "HAProxy was started for other instances, or other time limits of them";
    }

    /**
     * Whether users get an answer from an application that is healthy, whatever is known of the instances. Until the load balancer has
     * found out about an instance that is not, one question in so many still goes there. An answer with another version comes from
     * a stranger who has the port.
     */
    boolean edgeServes(StackRecord stack) {
        Duration limit = Edge.readinessLimit(stack.instances()).plus(LocalProbe.LIMIT);
        Set<String> versions = versions(stack);
        for (int question = 0; question < QUESTIONS_TO_THE_EDGE; question++) {
            Answer answer = probe.ask(stack.edgePort(), ServedPaths.READINESS, limit);
            if (versions.stream().anyMatch(answer::says)) {
                return true;
            }
        }
        return false;
    }

    /** While a single instance turns to another release, users are served the one that was deployed. */
    private static Set<String> versions(StackRecord stack) {
        return Stream.concat(
                        stack.deployed().stream(), stack.instances().stream().map(InstanceRecord::release))
                .map(Release::version)
                .collect(Collectors.toSet());
    }
}
