package dev.upkeep.infra.local.process;

import dev.upkeep.infra.time.Sleeper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts programs so that they outlive us. Safe for use by several threads. */
public final class Launcher {

    private static final long LONGEST_OUTPUT = 10_000_000;

    private static final Duration SIGNAL_DELAY = Duration.ofMillis(200);

    private final Optional<Path> setsid;

    /**
     * Starts programs in a session of their own where the system has {@code setsid}, so that Ctrl-C at the operator's
     * terminal does not reach them; elsewhere only those that leave the session themselves, as nginx and HAProxy do.
     *
     * @param programs where to look for {@code setsid}
     */
    public Launcher(Programs programs) {
        this.setsid = programs.find("setsid");
    }

    /**
     * Starts a program and lets it run. What it prints is added to its output; of an output that has become long, the one before is kept
     * under the same name with {@code .1}.
     *
     * @param launch how to start it
     * @return the number of its process
     * @throws IOException if it cannot be started
     */
    public long spawn(Launch launch) throws IOException {
        File output = launch.output().toFile();
        if (output.length() > LONGEST_OUTPUT) {
            Path older = launch.output().resolveSibling(output.getName() + ".1");
            Files.move(launch.output(), older, StandardCopyOption.REPLACE_EXISTING);
        }
        return start(launch, ProcessBuilder.Redirect.appendTo(output)).pid();
    }

    /**
     * Runs a program to its end.
     *
     * @param launch how to start it
     * @param limit how long it may take before it is killed
     * @return what it said and how it ended
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the calling thread is interrupted; the program is killed
     */
    public Finished run(Launch launch, Duration limit) throws IOException, InterruptedException {
        Process process =
                start(launch, ProcessBuilder.Redirect.to(launch.output().toFile()));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Finished(-1, "did not end within " + limit.toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        String output = new String(Files.readAllBytes(launch.output()), StandardCharsets.UTF_8);
        return new Finished(process.exitValue(), output.strip());
    }

    private Process start(Launch launch, ProcessBuilder.Redirect output) throws IOException {
        List<String> command = new ArrayList<>();
        setsid.ifPresent(program -> command.add(program.toString()));
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(launch.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        // Not a pipe: a daemon that keeps it open would keep us waiting.
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Map<String, String> environment = builder.environment();
        environment.putAll(launch.variables());
        environment.put(Ownership.MARK, launch.mark().toString());
        try {
            return builder.start();
        } catch (IOException failure) {
            awaitInterruption();
            throw failure;
        }
    }

    /**
     * Ctrl-C also reaches the process by which the JVM starts a program, and that one may fail before the calling thread is
     * interrupted. Then the thread is, a moment later, and whoever sees the failure knows where it comes from.
     */
    private static void awaitInterruption() {
        try {
            Sleeper.real().sleep(SIGNAL_DELAY);
        } catch (InterruptedException ours) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * How a program ended.
     *
     * @param exit its exit status, -1 if it was killed for taking too long
     * @param output what it printed, without white space around it
     */
    public record Finished(int exit, String output) {

        /**
         * Whether it succeeded.
         *
         * @return true if the exit status is 0
         */
        public boolean succeeded() {
            return exit == 0;
        }
    }
}
