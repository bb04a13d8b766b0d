package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.local.nginx.Nginx;
import dev.upkeep.infra.local.probe.Answer;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.LogTail;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.local.state.Trees;
import dev.upkeep.infra.local.upstream.Upstream;
import dev.upkeep.infra.server.NginxSettings;
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

    private final Context context;
    private final InstanceId id;
    private final Path folder;
    private final Nginx nginx;
    private final Upstream upstream;
    private final LocalProbe probe = new LocalProbe();

    LocalInstance(Context context, InstanceId id) {
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

    void startApp(StackRecord stack, InstanceRecord record) {
        StackFolder.make(folder.resolve("logs"));
        upstream.start(stack.app(), record.appPort(), record.release().version());
    }

    void startNginx(StackRecord stack, InstanceRecord record) throws InterruptedException {
        nginx.configure(settings(stack, record));
        nginx.start();
    }

    private NginxSettings settings(StackRecord stack, InstanceRecord record) throws InterruptedException {
        Release release = record.release();
        String listen = "127.0.0.1:" + record.port();
        NginxSettings settings = NginxSettings.plain(release.version(), listen, record.appPort(), nginx.version())
                .withSite(Optional.of(release.site())
                        .filter(site -> !site.equals(Release.NONE))
                        .map(this::siteRoot))
                .shutdownAfter(SHUTDOWN_SECONDS)
                // Started by root, its workers would lose the right to read the operator's own folders.
                .runBy(System.getProperty("user.name", "").equals("root") ? "root" : "");
        return stack.shape() == Shape.SINGLE ? settings : settings.behind(List.of("127.0.0.1"));
    }

    /** Relative where it can be: of a relative folder nginx reads the whole path, and a dollar sign in it as a variable. */
    private String siteRoot(String site) {
        Path sites = folder.resolveSibling("sites").resolve(site);
        return sites.toString().contains("$") ? sites.toString() : "../sites/" + site;
    }

    /** Blocks until the application answers and nginx says the version, or the start limit is reached. */
    void verify(InstanceRecord record) throws InterruptedException {
        awaitApp(record, List.of());
        String version = record.release().version();
        if (!context.machine()
                .polling()
                .until(context.limits().start(), () -> asks(record).says(version))) {
            Answer last = asks(record);
            String found = last.arrived() ? "\"" + last.body() + "\"" : last.problem();
            throw failed("asked 127.0.0.1:" + record.port() + "/version.txt for " + version + ", found " + found);
        }
    }

    private Answer asks(InstanceRecord record) {
        return probe.ask(record.port(), "/version.txt");
    }

    /**
     * Any HTTP answer will do: what an application answers to a path it may not know is its own affair. But it has to be
     * there: a stranger who took the port meanwhile answers too.
     */
    private void awaitApp(InstanceRecord record, List<ProcessFacts> leaving) throws InterruptedException {
        boolean[] died = {false};
        boolean answers = context.machine().polling().until(context.limits().start(), () -> {
            died[0] = allBut(leaving).isEmpty();
            return died[0] || probe.ask(record.appPort(), "/healthz").arrived();
        });
        if (!answers || died[0]) {
            String problem = died[0]
                    ? "its application ended at once"
                    : "its application does not listen on port " + record.appPort() + " (PORT in its environment)"
                            + " within " + context.limits().start().toSeconds() + " s";
            throw new ResourceFailedException(name(), problem, upstream.logTail());
        }
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
            startApp(stack, next);
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
