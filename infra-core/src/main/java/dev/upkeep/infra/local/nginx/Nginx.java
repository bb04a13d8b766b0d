package dev.upkeep.infra.local.nginx;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.local.process.Launch;
import dev.upkeep.infra.local.process.Launcher;
import dev.upkeep.infra.local.process.LogTail;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.process.Signal;
import dev.upkeep.infra.local.state.AtomicFile;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.server.NginxVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nginx of one instance folder. The folder is its prefix and its working directory, by which it is recognised. */
public final class Nginx {

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);

    private static final Duration QUIT_GRACE = Duration.ofMillis(1500);

    private final Path program;
    private final Path folder;
    private final Machine machine;

    /**
     * Works on one folder.
     *
     * @param program where nginx is installed
     * @param folder the real folder of the instance, which need not exist yet
     * @param machine what to work with
     */
    public Nginx(Path program, Path folder, Machine machine) {
        this.program = program;
        this.folder = folder;
        this.machine = machine;
    }

    /**
     * Finds out what version is installed.
     *
     * @return the version
     * @throws ResourceFailedException if the program does not run
     * @throws InterruptedException if the calling thread is interrupted
     */
    public NginxVersion version() throws InterruptedException {
        prepare();
        return NginxVersion.parse(run(List.of("-v")).output());
    }

    /**
     * Writes the configuration and lets nginx itself look at it. A running nginx goes on with the old one.
     *
     * @param configuration the text of one file
     * @throws ResourceFailedException if nginx refuses it
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void configure(String configuration) throws InterruptedException {
        prepare();
        AtomicFile.write(folder.resolve("nginx.conf"), configuration);
        Launcher.Finished test = run(List.of("-t", "-q"));
        if (!test.succeeded()) {
            throw failed("nginx refuses its configuration " + folder.resolve("nginx.conf"), test.output());
        }
    }

    private void prepare() {
        StackFolder.make(folder.resolve("logs"));
        StackFolder.make(folder.resolve("tmp"));
    }

    /**
     * Starts it; returns once it listens.
     *
     * @throws ResourceFailedException if it does not start
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void start() throws InterruptedException {
        Launcher.Finished start = run(List.of());
        if (!start.succeeded()) {
            throw failed("nginx did not start", start.output());
        }
    }

    /**
     * The master process.
     *
     * @return the process that the pid file names, only if it is proved to be this folder's nginx
     */
    public Optional<ProcessFacts> master() {
        return LogTail.number(folder.resolve("nginx.pid"))
                .flatMap(pid -> machine.processes().owned(pid, folder))
                .filter(process -> process.program().equals("nginx"));
    }

    /**
     * All its processes, also workers whose master is gone.
     *
     * @return the processes
     */
    public List<ProcessFacts> all() {
        return machine.processes().within(folder).stream()
                .filter(process -> process.program().equals("nginx"))
                .toList();
    }

    /**
     * Whether somebody stopped one of its processes with SIGSTOP, so that it cannot answer.
     *
     * @return true if one is stopped
     */
    public boolean isStopped() {
        return all().stream().anyMatch(ProcessFacts::stopped);
    }

    private List<Long> workers(ProcessFacts master) {
        return all().stream()
                .filter(process -> process.parent() == master.pid())
                .map(ProcessFacts::pid)
                .toList();
    }

    /**
     * Lets it read its configuration again and waits until the workers with the old one are gone.
     *
     * @param limit how long to wait at most
     * @return whether that happened; false leaves an nginx that should be started anew
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean reload(Duration limit) throws InterruptedException {
        Optional<ProcessFacts> master = master();
        if (master.isEmpty()) {
            return false;
        }
        List<Long> before = workers(master.get());
        machine.processes().signal(master.get(), Signal.HUP);
        return machine.polling().until(limit, () -> replaced(before, workers(master.get())));
    }

    private static boolean replaced(List<Long> before, List<Long> now) {
        return !now.isEmpty() && now.stream().noneMatch(before::contains);
    }

    /**
     * Ends it and every worker it left behind.
     *
     * @return whether all are gone
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean stop() throws InterruptedException {
        return machine.processes().end(all(), Signal.QUIT, QUIT_GRACE);
    }

    /**
     * How it is started by somebody else, in its folder, so that it is known as this one.
     *
     * @return a command line to which arguments of nginx may be added
     */
    public List<String> commandLine() {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "nginx", folder.toString()));
        command.addAll(command());
        return command;
    }

    private List<String> command() {
        return List.of(program.toString(), "-p", folder + "/", "-c", "nginx.conf", "-e", "logs/error.log");
    }

    private Launcher.Finished run(List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(command());
        command.addAll(arguments);
        try {
            Path output = folder.resolve("logs").resolve("nginx.out");
            return machine.launcher().run(Launch.in(folder, output, command), COMMAND_LIMIT);
        } catch (IOException e) {
            if (Files.isDirectory(folder)) {
                throw failed("could not run " + program, String.valueOf(e.getMessage()));
            }
            throw StackFolder.unusable(folder, e);
        }
    }

    private ResourceFailedException failed(String problem, String output) {
        String tail = output.isEmpty() ? LogTail.of(folder.resolve("logs").resolve("error.log")) : output;
        return new ResourceFailedException("instance " + folder.getFileName(), problem, tail);
    }
}
