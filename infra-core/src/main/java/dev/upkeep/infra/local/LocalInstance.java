package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.local.container.InstanceContainers;
import dev.upkeep.infra.local.nginx.Nginx;
import dev.upkeep.infra.local.probe.Answer;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.LogTail;
import dev.upkeep.infra.local.process.Ownership;
import dev.upkeep.infra.local.process.PortHolders;
import dev.upkeep.infra.local.process.ProcessTable;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.local.state.Trees;
import dev.upkeep.infra.server.EdgeSettings;
import dev.upkeep.infra.server.NginxSettings;
import dev.upkeep.infra.spec.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The steps in the life of one instance: its nginx, and what stands behind it. Each can be repeated after a crash. */
final class LocalInstance {

    /** Longer than nginx gives its old workers. */
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(7);

    private static final int SHUTDOWN_SECONDS = 5;

    private final StackContext context;
    private final InstanceId id;
    private final Path folder;
    private final Nginx nginx;
    private final ProcessBackend processes;
    private final ContainerBackend containers;
    private final LocalProbe probe = new LocalProbe();

    LocalInstance(StackContext context, InstanceId id) {
        this.context = context;
        this.id = id;
        this.folder = context.folder().instance(id);
        this.nginx = new Nginx(context.program("nginx"), folder, context.machine());
        this.processes = new ProcessBackend(context, id);
        this.containers = new ContainerBackend(context, folder);
    }

    /** Ends everything that belongs to the instance, also what earlier runs left behind. */
    void stop() throws InterruptedException {
        boolean gone = nginx.stop();
        processes.remove();
        containers.remove();
        if (!gone) {
            throw failed("nginx processes are still there after SIGKILL");
        }
    }

    /** How somebody else starts its nginx. */
    List<String> nginxCommandLine() {
        return nginx.commandLine();
    }

    void remove() throws InterruptedException {
        stop();
        Trees.remove(folder);
    }

    /** Starts what stands behind nginx; {@link #finish} waits for it. */
    Backend.Part begin(InstanceRecord record) throws InterruptedException {
        return backend(record).start(record);
    }

    private Backend backend(InstanceRecord record) {
        return record.release().containers().isPresent() ? containers : processes;
    }

    /** Starts nginx, and blocks until it serves the version and is ready; at most the start limit for each. */
    void finish(StackRecord stack, InstanceRecord record, Backend.Part begun) throws InterruptedException {
        nginx.configure(configuration(stack, record));
        nginx.start();
        begun.await();
        begun.lead();
        verify(record);
    }

    /** Whether somebody took a port of it after it was chosen: a reason to choose anew, and to try again. */
    boolean lostAPort(InstanceRecord record) {
        PortHolders holders = new PortHolders(ProcessTable.system());
        Ownership ours = Ownership.of(folder);
        return (record.release().containers().isEmpty() && holders.lost(record.appPort(), ours))
                || holders.lost(record.port(), ours);
    }

    private String configuration(StackRecord stack, InstanceRecord record) throws InterruptedException {
        return record.release().containers().isPresent()
                ? edge(stack, record).render()
                : whole(stack, record).render();
    }

    /** With containers, everything that comes with a release is behind the socket. */
    private EdgeSettings edge(StackRecord stack, InstanceRecord record) throws InterruptedException {
        EdgeSettings settings = EdgeSettings.ofProcess(listen(record), InstanceContainers.SOCKET, nginx.version())
                .allowing(record.release().nginx())
                .shutdownAfter(SHUTDOWN_SECONDS)
                .runBy(user());
        return stack.shape() == Shape.SINGLE ? settings : settings.behind(List.of("127.0.0.1"));
    }

    private static String listen(InstanceRecord record) {
        return "127.0.0.1:" + record.port();
    }

    /** Started by root, its workers would lose the right to read the operator's own folders. */
    private static String user() {
        return System.getProperty("user.name", "").equals("root") ? "root" : "";
    }

    private NginxSettings whole(StackRecord stack, InstanceRecord record) throws InterruptedException {
        Release release = record.release();
        NginxSettings settings = NginxSettings.plain(release.version(), listen(record), nginx.version())
                .withSite(release.site().map(this::siteRoot))
                .allowing(release.nginx())
                .shutdownAfter(SHUTDOWN_SECONDS)
                .runBy(user());
        NginxSettings complete = release.application()
                .healthCheck()
                .map(health -> settings.withApp(record.appPort(), health))
                .orElse(settings);
        return stack.shape() == Shape.SINGLE ? complete : complete.behind(List.of("127.0.0.1"));
    }

    /** Relative where it can be: of a relative folder nginx reads the whole path, and a dollar sign in it as a variable. */
    private String siteRoot(String site) {
        Path sites = folder.resolveSibling("sites").resolve(site);
        return sites.toString().contains("$") ? sites.toString() : "../sites/" + site;
    }

    private void verify(InstanceRecord record) throws InterruptedException {
        String version = record.release().version();
        awaitAnswer(record, ServedPaths.VERSION, version, LocalProbe.LIMIT);
        awaitAnswer(record, ServedPaths.READINESS, version, record.healthLimit().plus(LocalProbe.LIMIT));
    }

    private void awaitAnswer(InstanceRecord record, String path, String version, Duration limit)
            throws InterruptedException {
        if (!context.machine()
                .polling()
                .until(
                        context.limits().start(),
                        () -> probe.ask(record.port(), path, limit).says(version))) {
            Answer last = probe.ask(record.port(), path, limit);
            String found = last.arrived() ? last.status() + " \"" + last.body() + "\"" : last.problem();
            throw failed("asked 127.0.0.1:" + record.port() + path + " for " + version + ", found " + found);
        }
    }

    /**
     * Puts another release in the place of the present one while nginx goes on serving: what stood behind nginx ends only when no
     * worker speaks to it any more. If that fails, the present one goes on.
     */
    void swap(StackRecord stack, InstanceRecord present, InstanceRecord next) throws InterruptedException {
        String before = configuration(stack, present);
        String after = configuration(stack, next);
        boolean changes = !present.settled() || !before.equals(after);
        List<Backend.Part> leaving = List.of(processes.present(), containers.present());
        Backend.Part coming = begin(next);
        try {
            coming.await();
        } catch (InfraException failed) {
            coming.end();
            throw failed;
        }
        try {
            lead(List.of(coming), changes ? Optional.of(after) : Optional.empty());
            verify(next);
        } catch (InfraException failed) {
            leadBack(leaving, changes ? Optional.of(before) : Optional.empty(), failed);
            coming.end();
            throw failed;
        }
        for (Backend.Part part : leaving) {
            part.end();
        }
    }

    /** If even that fails, what came stays: it is the only one that may serve. */
    private void leadBack(List<Backend.Part> leaving, Optional<String> configuration, InfraException failed)
            throws InterruptedException {
        try {
            lead(leaving, configuration);
        } catch (InfraException worse) {
            failed.addSuppressed(worse);
            throw failed;
        }
    }

    private void lead(List<Backend.Part> parts, Optional<String> configuration) throws InterruptedException {
        for (Backend.Part part : parts) {
            part.lead();
        }
        if (configuration.isPresent()) {
            configureAndReload(configuration.get());
        }
    }

    private void configureAndReload(String configuration) throws InterruptedException {
        nginx.configure(configuration);
        if (!nginx.reload(RELOAD_LIMIT)) {
            nginx.stop();
            nginx.start();
        }
    }

    private ResourceFailedException failed(String problem) {
        return new ResourceFailedException(
                name(), problem, LogTail.of(folder.resolve("logs").resolve("error.log")));
    }

    String name() {
        return "instance " + id;
    }
}
