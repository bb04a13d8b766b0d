package dev.upkeep.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Upkeep's checker in a JVM of its own; see {@link ResidentProber} for the other side of the talk. */
final class UpkeepProber implements Prober {
    private final Process prober;
    private final Writer orders;
    private final BufferedReader answers;

    private UpkeepProber(Process prober) {
        this.prober = prober;
        this.orders = prober.outputWriter(StandardCharsets.UTF_8);
        this.answers = prober.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it and lets it read its targets.
     *
     * @param flags of the JVM
     */
    static UpkeepProber start(Path folder, List<String> targets, Path authority, int concurrency, List<String> flags)
            throws IOException {
        Path list = folder.resolve("targets-" + targets.size() + ".txt");
        Files.write(list, targets);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ResidentProber.class.getName(),
                list.toString(),
                authority.toString(),
                String.valueOf(concurrency)));
        UpkeepProber prober = new UpkeepProber(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        prober.answer();
        return prober;
    }

    @Override
    public String name() {
        return "upkeep";
    }

    @Override
    public Measurement round(int checks) throws IOException {
        Duration cpuBefore = ProcessCost.cpu(prober.pid());
        String[] answer = ask("round " + checks);
        return new Measurement(
                checks,
                Integer.parseInt(answer[0]),
                Duration.ofNanos(Long.parseLong(answer[1])),
                ProcessCost.cpu(prober.pid()).minus(cpuBefore));
    }

    /** Checks every target once in each interval, evenly spread, and says how late the good ones were begun. */
    Punctuality keepTime(Duration interval, int rounds) throws IOException {
        Duration cpuBefore = ProcessCost.cpu(prober.pid());
        String[] answer = ask("schedule " + interval.toMillis() + " " + rounds);
        Duration cpu = ProcessCost.cpu(prober.pid()).minus(cpuBefore);
        return Punctuality.parse(answer, cpu.dividedBy(rounds).toMillis() / (double) interval.toMillis());
    }

    private String[] ask(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        return answer();
    }

    private String[] answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the prober has ended; its last words are above");
        }
        return line.split(" ", -1);
    }

    @Override
    public long peakMebibytes() throws IOException {
        return ProcessCost.peakMebibytes(prober.pid());
    }

    @Override
    public void close() {
        ChildProcess.end(prober);
    }
}
