package dev.upkeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What users notice of a new version: by upkeep deploy on three instances behind HAProxy, and by what people do by hand with one nginx before one application,
 * under the same load. Its arguments are the command, how many times, and requests per second.
 */
final class DeployBenchmark {

    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final String upkeep;
    private final int times;
    private final int rate;
    private final Path folder;

    private DeployBenchmark(String upkeep, int times, int rate, Path folder) {
        this.upkeep = upkeep;
        this.times = times;
        this.rate = rate;
        this.folder = folder;
    }

    /** Runs it. */
    @SuppressWarnings("SystemOut") // It is a program, and this is what it is for.
    public static void main(String... args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("upkeep-deploy");
        try {
            new DeployBenchmark(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]), folder).run();
        } finally {
            Folders.delete(folder);
        }
    }

    /** One change, the number of which is told. */
    @FunctionalInterface
    private interface Change {
        void make(int number) throws IOException, InterruptedException;
    }

    @SuppressWarnings("SystemOut")
    private void run() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%-44s %9s %7s %10s %10s %9s %9s%n",
                "way, " + times + " times at " + rate + " requests/s",
                "requests",
                "failed",
                "p99",
                "worst",
                "each",
                "CPU each");
        byUpkeep();
        byHand("one nginx: nginx -s reload", List.of("nginx -s reload"));
        byHand("one nginx: nginx -s stop; nginx", List.of("nginx -s stop", "sleep 0.1", "nginx"));
    }

    private void byUpkeep() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("upkeep.yaml"), """
            stack: deploy-benchmark
            platform: local
            shape: highly-available
            instances: 3
            version: "1.0.0"
            """);
        upkeep("apply");
        try {
            int port = Integer.parseInt(upkeep("status").replaceAll("(?s).*?http://127\\.0\\.0\\.1:([0-9]+)/.*", "$1"));
            measure("upkeep deploy, three instances", port, number -> upkeep("deploy", "1.0." + number));
        } finally {
            upkeep("destroy", "--yes");
        }
    }

    private void byHand(String name, List<String> commands) throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        Path root = folder.resolve("nginx");
        Files.createDirectories(root.resolve("logs"));
        Files.createDirectories(root.resolve("html"));
        Files.writeString(root.resolve("html/index.html"), "hello\n");
        Files.writeString(root.resolve("nginx.conf"), """
            pid nginx.pid;
            events {}
            http {
              access_log off;
              client_max_body_size 2m;
              server { listen 127.0.0.1:%1$d; location / { proxy_pass http://127.0.0.1:%1$d/app/; }
                location /app/ { return 200 "hello\\n"; } }
            }
            """.formatted(port));
        String nginx = "nginx -p " + root + "/ -c nginx.conf -e logs/error.log";
        shell(nginx);
        try {
            String script = String.join("; ", commands).replaceAll("\\bnginx\\b", nginx);
            measure(name, port, number -> shell(script));
        } finally {
            shell(nginx + " -s stop; sleep 0.5");
        }
    }

    @SuppressWarnings("SystemOut")
    private void measure(String name, int port, Change change) throws IOException, InterruptedException {
        long took = 0;
        Duration cpu = ProcessCost.endedChildren();
        StrictLoad.Result result;
        try (StrictLoad load = new StrictLoad(port, rate)) {
            for (int number = 1; number <= times; number++) {
                Thread.sleep(BETWEEN.toMillis());
                long begin = System.nanoTime();
                change.make(number);
                took += System.nanoTime() - begin;
            }
            Thread.sleep(BETWEEN.toMillis());
            result = load.stop();
        }
        System.out.printf(
                Locale.ROOT,
                "%-44s %9d %7d %7d ms %7d ms %6d ms %6d ms%n",
                name,
                result.requests(),
                result.failed(),
                result.p99().toMillis(),
                result.worst().toMillis(),
                Duration.ofNanos(took / times).toMillis(),
                ProcessCost.endedChildren().minus(cpu).dividedBy(times).toMillis());
        result.failures().forEach((why, count) -> System.out.println("    " + count + " x " + why));
    }

    private String upkeep(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(upkeep));
        command.addAll(List.of(words));
        return run(command);
    }

    private void shell(String script) throws IOException, InterruptedException {
        run(List.of("sh", "-c", script));
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        Process process = builder.start();
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException(String.join(" ", command) + " did not end well: " + Files.readString(printed));
        }
        return Files.readString(printed);
    }
}
