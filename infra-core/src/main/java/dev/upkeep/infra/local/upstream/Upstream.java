package dev.upkeep.infra.local.upstream;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.local.process.Launch;
import dev.upkeep.infra.local.process.Launcher;
import dev.upkeep.infra.local.process.LogTail;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.process.Processes;
import dev.upkeep.infra.local.process.Signal;
import dev.upkeep.infra.local.sample.SampleApp;
import dev.upkeep.infra.local.state.AtomicFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application of one instance folder. Every process of it carries the folder in its environment. */
public final class Upstream {

    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

    private static final Duration TERM_GRACE = Duration.ofMillis(1500);

    private final Path folder;
    private final Launcher launcher;
    private final Processes processes;

    /**
     * Works on one folder.
     *
     * @param folder the real folder of the instance
     * @param machine what to work with
     */
    public Upstream(Path folder, Machine machine) {
        this.folder = folder;
        this.launcher = machine.launcher();
        this.processes = machine.processes();
    }

    /**
     * Starts the application and returns at once; it may take its time to listen.
     *
     * @param release whose application is run, with which environment
     * @param port where it is to listen
     * @throws ResourceFailedException if it cannot be started at all
     */
    public void start(Release release, int port) {
        Application.Command program = program(release.application());
        List<String> command = program.command();
        Path works = program.folder();
        Map<String, String> variables = new HashMap<>(release.environment().values());
        variables.put("PORT", Integer.toString(port));
        variables.put("VERSION", release.version());
        try {
            long pid = launcher.spawn(new Launch(command, works, folder, variables, log()));
            AtomicFile.write(pidFile(), pid + "\n");
        } catch (IOException e) {
            String problem = "could not run " + String.join(" ", command) + " in " + works;
            throw new ResourceFailedException(name(), problem, String.valueOf(e.getMessage()));
        }
    }

    private Application.Command program(Application app) {
        return app.match(
                () -> {
                    throw new IllegalArgumentException("there is no application to start");
                },
                bundled -> new Application.Command(sample(), folder, bundled.health()),
                command -> command,
                image -> {
                    throw new IllegalArgumentException("the local platform runs no images, found " + image);
                });
    }

    private static List<String> sample() {
        try {
            Path classes = Path.of(SampleApp.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            return List.of(
                    java.toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx32m",
                    "-Xshare:auto",
                    "-cp",
                    classes.toString(),
                    SampleApp.class.getName());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A code source is always a URI", e);
        }
    }

    /**
     * The process that was started last.
     *
     * @return the process, only if it is proved to belong to this folder
     */
    public Optional<ProcessFacts> running() {
        return LogTail.number(pidFile()).flatMap(pid -> processes.owned(pid, folder));
    }

    /**
     * All processes of the application, also those it started itself or that an earlier run left behind.
     *
     * @return the processes
     */
    public List<ProcessFacts> all() {
        return processes.within(folder).stream()
                .filter(process -> !process.program().equals("nginx"))
                .toList();
    }

    /**
     * Ends processes of the application.
     *
     * @param leaving some of {@link #all()}
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void end(List<ProcessFacts> leaving) throws InterruptedException {
        if (!processes.end(leaving, Signal.TERM, TERM_GRACE)) {
            LOG.debug("{} of {} is still there after KILL", leaving, folder);
        }
    }

    /**
     * The end of what the application printed.
     *
     * @return its last lines
     */
    public String logTail() {
        return LogTail.of(log());
    }

    private Path log() {
        return folder.resolve("logs").resolve("app.log");
    }

    private Path pidFile() {
        return folder.resolve("app.pid");
    }

    private String name() {
        return "instance " + folder.getFileName();
    }
}
