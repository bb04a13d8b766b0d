package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.local.nginx.Nginx;
import dev.upkeep.infra.local.probe.Answer;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.LogTail;
import dev.upkeep.infra.local.process.Ownership;
import dev.upkeep.infra.local.process.PortHolders;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.process.ProcessTable;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.local.state.Trees;
import dev.upkeep.infra.local.upstream.Upstream;
import dev.upkeep.infra.server.NginxSettings;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The steps in the life of one instance: its nginx and its application. Each can be repeated after a crash. */
final class LocalInstance {

    /** Longer than nginx gives its old workers. */
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(7);

    private static final int SHUTDOWN_SECONDS = 5;

    private final StackContext context;
    private final InstanceId id;
    private final Path folder;
    private final Nginx nginx;
    private final Upstream upstream;
    private final LocalProbe probe = new LocalProbe();

    LocalInstance(StackContext context, InstanceId id) {
        this.context = context;
        this.id = id;
        this.folder = context.folder().instance(id);
        this.nginx = new Nginx(context.program("nginx"), folder, context.machine());
        this.upstream = new Upstream(folder, context.machine());
    }

    /** Ends everything that belongs to the instance, also what earlier runs left behind. */
    void stop() throws InterruptedException {
        boolean gone = nginx.stop();
        upstream.end(upstream.all());
        if (!gone) {
            throw failed("nginx processes are still there after SIGKILL");
        }
    }

    void remove() throws InterruptedException {
        stop();
        Trees.remove(folder);
    }

    void startApp(InstanceRecord record) {
        StackFolder.make(folder.resolve("logs"));
        if (!(record.release().application() instanceof Application.None)) {
            upstream.start(
                    record.release().application(),
                    record.appPort(),
                    record.release().version());
        }
    }

    /** Whether somebody took a port of it after it was chosen: a reason to choose anew, and to try again. */
    boolean lostAPort(InstanceRecord record) {
        PortHolders holders = new PortHolders(ProcessTable.system());
        Ownership ours = Ownership.of(folder);
        return holders.lost(record.appPort(), ours) || holders.lost(record.port(), ours);
    }

    void startNginx(StackRecord stack, InstanceRecord record) throws InterruptedException {
        nginx.configure(settings(stack, record));
        nginx.start();
    }

    private NginxSettings settings(StackRecord stack, InstanceRecord record) throws InterruptedException {
        Release release = record.release();
        String listen = "127.0.0.1:" + record.port();
        NginxSettings settings = NginxSettings.plain(release.version(), listen, nginx.version())
                .withSite(release.site().map(this::siteRoot))
                .allowing(release.nginx())
                .shutdownAfter(SHUTDOWN_SECONDS)
                // Started by root, its workers would lose the right to read the operator's own folders.
                .runBy(System.getProperty("user.name", "").equals("root") ? "root" : "");
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

    /** Blocks until the application is healthy, and nginx serves the version and is ready; at most the start limit each. */
    void verify(InstanceRecord record) throws InterruptedException {
        awaitApp(record, List.of());
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

    /** It has to be there as well: a stranger who took the port meanwhile answers too. */
    private void awaitApp(InstanceRecord record, List<ProcessFacts> leaving) throws InterruptedException {
        Optional<AppHealth> asked = record.release().application().healthCheck();
        if (asked.isEmpty()) {
            return;
        }
        AppHealth health = asked.get();
        boolean[] died = {false};
        boolean healthy = context.machine().polling().until(context.limits().start(), () -> {
            died[0] = allBut(leaving).isEmpty();
            return died[0]
                    || health.accepts(probe.ask(record.appPort(), health.path(), health.limit())
                            .status());
        });
        if (!healthy || died[0]) {
            String problem = died[0] ? "its application ended at once" : unhealthy(record, health);
            throw new ResourceFailedException(name(), problem, upstream.logTail());
        }
    }

    private String unhealthy(InstanceRecord record, AppHealth health) {
        Answer last = probe.ask(record.appPort(), health.path(), health.limit());
        String within = " within " + context.limits().start().toSeconds() + " s";
        return last.arrived()
                ? "its application did not become healthy" + within + ": " + health.path() + " answers " + last.status()
                : "its application does not listen on port " + record.appPort() + " (PORT in its environment)" + within
                        + ": " + last.problem();
    }

    private List<ProcessFacts> allBut(List<ProcessFacts> leaving) {
        return upstream.all().stream()
                .filter(process -> leaving.stream().noneMatch(process::sameProcess))
                .toList();
    }

    /**
     * Puts another application and configuration in the place of the present ones while nginx goes on serving: the old
     * application ends only when no worker speaks to it any more. If that fails, the present ones go on.
     */
    void swap(StackRecord stack, InstanceRecord present, InstanceRecord next) throws InterruptedException {
        List<ProcessFacts> leaving = upstream.all();
        try {
            startApp(next);
            awaitApp(next, leaving);
            reconfigure(stack, present, next);
        } catch (InfraException failed) {
            upstream.end(allBut(leaving));
            throw failed;
        }
        upstream.end(leaving);
    }

    private void reconfigure(StackRecord stack, InstanceRecord present, InstanceRecord next)
            throws InterruptedException {
        try {
            configureAndReload(stack, next);
            verify(next);
        } catch (InfraException failed) {
            configureAndReload(stack, present);
            throw failed;
        }
    }

    private void configureAndReload(StackRecord stack, InstanceRecord record) throws InterruptedException {
        nginx.configure(settings(stack, record));
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
