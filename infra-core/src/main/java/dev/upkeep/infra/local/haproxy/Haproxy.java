package dev.upkeep.infra.local.haproxy;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.failure.StateFolderException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.local.process.Launch;
import dev.upkeep.infra.local.process.Launcher;
import dev.upkeep.infra.local.process.LogTail;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.process.Signal;
import dev.upkeep.infra.local.state.AtomicFile;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.server.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HAProxy of one edge folder, which is its working directory and by which it is recognised. */
public final class Haproxy {

    private static final Path PROC = Path.of("/proc");
    private static final String BACKEND = "web";
    private static final String SOCKET = "admin.sock";
    private static final String CONFIGURATION = "haproxy.cfg";
    private static final String CANDIDATE = "haproxy.cfg.next";
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
    private static final Duration TERM_GRACE = Duration.ofMillis(500);
    private static final Pattern DEPENDENT = Pattern.compile("(timeout (server|check)|bind|server) ");
    private static final Pattern VERSION = Pattern.compile("version (\\d{1,3})\\.(\\d{1,3})");

    private final Path program;
    private final Path folder;
    private final Machine machine;

    /**
     * Works on one folder.
     *
     * @param program where HAProxy is installed
     * @param folder the real folder of the edge, which need not exist yet
     * @param machine what to work with
     */
    public Haproxy(Path program, Path folder, Machine machine) {
        this.program = program;
        this.folder = folder;
        this.machine = machine;
    }

    /**
     * Checks that the runtime socket can be reached in this folder.
     *
     * @throws StateFolderException if the path is longer than the system allows for a socket, and there is no way round
     */
    public void checkPath() {
        Path socket = folder.resolve(SOCKET);
        if (!RuntimeSocket.fits(socket) && !Files.isDirectory(PROC.resolve("self/cwd"))) {
            String problem = socket + " is too long a path for a socket, which may have " + RuntimeSocket.LONGEST_PATH
                    + " characters";
            throw new StateFolderException(folder, problem, StackFolder.ELSEWHERE + " with a shorter path", null);
        }
    }

    /** HAProxy itself uses a relative path; so can we, by way of its working directory. */
    private RuntimeSocket socket(ProcessFacts process) {
        Path socket = folder.resolve(SOCKET);
        Path around = PROC.resolve(Long.toString(process.pid())).resolve("cwd").resolve(SOCKET);
        return new RuntimeSocket(RuntimeSocket.fits(socket) ? socket : around);
    }

    /**
     * Renders the configuration. Writes nothing.
     *
     * @param port the port users reach
     * @param servers the servers behind it
     * @param limits how long a server may take
     * @return the configuration
     * @throws InterruptedException if the calling thread is interrupted
     */
    public String configuration(int port, List<ServerLine> servers, ServerLimits limits) throws InterruptedException {
        List<Map<String, Object>> lines = servers.stream()
                .map(server -> Map.<String, Object>of("id", server.id().text(), "serverPort", server.port()))
                .toList();
        return Template.beside(Haproxy.class, "haproxy.cfg")
                .render(Map.of(
                        "socket",
                        SOCKET,
                        "port",
                        port,
                        "readiness",
                        ServedPaths.READINESS,
                        "checkMillis",
                        limits.readiness().toMillis(),
                        "answerSeconds",
                        limits.answer().toSeconds(),
                        "servers",
                        lines,
                        "idleCloseOnResponse",
                        hasIdleCloseOnResponse()));
    }

    /** HAProxy 2.4, which Ubuntu 22.04 has, does not know the option in all its patch releases. */
    private boolean hasIdleCloseOnResponse() throws InterruptedException {
        StackFolder.make(folder);
        Matcher version = VERSION.matcher(run(List.of("-v")).output());
        return version.find() && Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2)) >= 2006;
    }

    /**
     * Whether the running process was started with this configuration.
     *
     * @param configuration what it should be
     * @return true if it was
     */
    public boolean isConfigured(String configuration) {
        try {
            return Files.readString(folder.resolve(CONFIGURATION)).equals(configuration);
        } catch (IOException missing) {
            return false;
        }
    }

    /**
     * Whether the running process was started for this port, these servers and these limits, whatever else its configuration says.
     *
     * @param port the port users reach
     * @param servers the servers behind it
     * @param limits how long a server may take
     * @return true if it was
     */
    public boolean isConfiguredFor(int port, List<ServerLine> servers, ServerLimits limits) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(CONFIGURATION)).stream()
                    .map(String::strip)
                    .filter(line -> DEPENDENT.matcher(line).lookingAt())
                    .map(line -> line.replaceFirst(" check$", ""))
                    .toList();
            List<String> wanted = new ArrayList<>(List.of(
                    "timeout server " + limits.answer().toSeconds() + "s",
                    "timeout check " + limits.readiness().toMillis() + "ms",
                    "bind 127.0.0.1:" + port));
            servers.forEach(server -> wanted.add("server " + server.id() + " 127.0.0.1:" + server.port()));
            return lines.equals(wanted);
        } catch (IOException missing) {
            return false;
        }
    }

    /**
     * Starts it, or replaces the running one by a new process that takes over its listening socket, so that no
     * connection is refused. HAProxy itself looks at the configuration first.
     *
     * @param configuration what it is to do
     * @throws ResourceFailedException if HAProxy refuses the configuration or does not start
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void startOrReload(String configuration) throws InterruptedException {
        StackFolder.make(folder);
        // Takes its name only when a process runs with it, so that a crash in between is noticed.
        AtomicFile.write(folder.resolve(CANDIDATE), configuration);
        succeed("HAProxy refuses " + folder.resolve(CANDIDATE), List.of("-c", "-f", CANDIDATE));
        List<String> start = new ArrayList<>(List.of("-D", "-f", CANDIDATE, "-p", "haproxy.pid"));
        running().ifPresent(old -> start.addAll(List.of("-x", SOCKET, "-sf", Long.toString(old.pid()))));
        succeed("HAProxy did not start", start);
        AtomicFile.write(folder.resolve(CONFIGURATION), configuration);
    }

    private void succeed(String otherwise, List<String> arguments) throws InterruptedException {
        Launcher.Finished finished = run(arguments);
        if (!finished.succeeded()) {
            throw new ResourceFailedException("edge", otherwise, finished.output());
        }
    }

    /**
     * The running process.
     *
     * @return the process that the pid file names, only if it is proved to be this folder's HAProxy
     */
    public Optional<ProcessFacts> running() {
        return LogTail.number(folder.resolve("haproxy.pid"))
                .flatMap(pid -> machine.processes().owned(pid, folder));
    }

    /**
     * Whether it runs and answers on its runtime socket.
     *
     * @return true if it does, within two seconds
     */
    public boolean answers() {
        // Asking a stopped process would only take the whole time.
        Optional<ProcessFacts> process = running().filter(found -> !found.stopped());
        try {
            return process.isPresent() && socket(process.get()).ask("show info").contains("Pid:");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Ends it and every older process of the same folder.
     *
     * @return whether all are gone
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean stop() throws InterruptedException {
        return machine.processes().end(machine.processes().within(folder), Signal.TERM, TERM_GRACE);
    }

    /**
     * Sends no new requests to a server and waits until those it is serving have ended.
     *
     * @param server which one
     * @param limit how long to wait at most
     * @return whether all had ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean drain(InstanceId server, Duration limit) throws InterruptedException {
        command("set server " + BACKEND + "/" + server + " state drain");
        return machine.polling().until(limit, () -> stats(server).stream().noneMatch(each -> each.requests() > 0));
    }

    /**
     * Sends requests to a server again and waits until HAProxy finds it healthy.
     *
     * @param server which one
     * @param limit how long to wait at most
     * @return whether it was found healthy
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean rejoin(InstanceId server, Duration limit) throws InterruptedException {
        command("set server " + BACKEND + "/" + server + " state ready");
        return awaitUp(server, limit);
    }

    /**
     * Waits until HAProxy finds a server healthy.
     *
     * @param server which one
     * @param limit how long to wait at most
     * @return whether it was found healthy
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean awaitUp(InstanceId server, Duration limit) throws InterruptedException {
        return machine.polling().until(limit, () -> stats(server).stream().anyMatch(ServerStats::isUp));
    }

    private Optional<ServerStats> stats(InstanceId server) {
        return ServerStats.parse(command("show stat " + BACKEND + " 4 -1"), BACKEND).stream()
                .filter(each -> each.name().equals(server.text()))
                .findFirst();
    }

    private String command(String text) {
        try {
            ProcessFacts process = running().orElseThrow(() -> new IOException("it does not run"));
            return socket(process).ask(text);
        } catch (IOException e) {
            String problem = "HAProxy did not take \"" + text + "\" on " + folder.resolve(SOCKET);
            throw new ResourceFailedException("edge", problem, String.valueOf(e.getMessage()));
        }
    }

    private Launcher.Finished run(List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            return machine.launcher().run(Launch.in(folder, folder.resolve("haproxy.out"), command), COMMAND_LIMIT);
        } catch (IOException e) {
            throw new ResourceFailedException("edge", "could not run " + program, String.valueOf(e.getMessage()));
        }
    }
}
