package dev.upkeep.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The blackbox_exporter of Prometheus. It checks when asked over HTTP, as Prometheus asks it, over connections that are kept; what asks
 * runs in this process and is not counted.
 */
final class ExporterProber implements Prober {
    private static final String PROGRAM = "prometheus-blackbox-exporter";

    private final List<String> targets;
    private final int concurrency;
    private final int port;
    private final Process exporter;

    private ExporterProber(List<String> targets, int concurrency, int port, Process exporter) {
        this.targets = targets;
        this.concurrency = concurrency;
        this.port = port;
        this.exporter = exporter;
    }

    static ExporterProber start(Path folder, List<String> targets, Path authority, int concurrency)
            throws IOException, InterruptedException {
        // How many connections the JDK's client keeps to one server.
        System.setProperty("http.maxConnections", String.valueOf(concurrency));
        Path settings = folder.resolve("exporter.yml");
        Files.writeString(settings, settings(authority));
        int port = ChildProcess.freePort();
        Process exporter = new ProcessBuilder(
                        PROGRAM, "--config.file=" + settings, "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("exporter.log").toFile())
                .start();
        ChildProcess.awaitPort(exporter, port);
        return new ExporterProber(targets, concurrency, port, exporter);
    }

    /** Looks for the version in the body, as the check does; everything else as it comes. */
    private static String settings(Path authority) {
        return """
                modules:
                  version:
                    prober: http
                    timeout: 5s
                    http:
                      preferred_ip_protocol: ip4
                      follow_redirects: false
                      fail_if_body_not_matches_regexp: ['^%s\\s*$']
                      tls_config: { ca_file: '%s' }
                """.formatted(Site.VERSION.replace(".", "\\."), authority);
    }

    @Override
    public String name() {
        return "blackbox_exporter";
    }

    @Override
    public Measurement round(int checks) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger good = new AtomicInteger();
        Duration cpuBefore = ProcessCost.cpu(exporter.pid());
        long began = System.nanoTime();
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < concurrency; i++) {
            Thread asker = new Thread(() -> askInTurn(next, checks, good), "asker-" + i);
            asker.start();
            askers.add(asker);
        }
        for (Thread asker : askers) {
            asker.join();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Measurement(
                checks,
                checks - good.get(),
                took,
                ProcessCost.cpu(exporter.pid()).minus(cpuBefore));
    }

    private void askInTurn(AtomicInteger next, int checks, AtomicInteger good) {
        for (int i = next.getAndIncrement(); i < checks; i = next.getAndIncrement()) {
            if (isGood(targets.get(i % targets.size()))) {
                good.incrementAndGet();
            }
        }
    }

    private boolean isGood(String target) {
        String query = "module=version&target=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/probe?" + query)
                            .toURL()
                            .openConnection();
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8).contains("\nprobe_success 1");
            }
        } catch (IOException notAnswered) {
            return false;
        }
    }

    @Override
    public long peakMebibytes() throws IOException {
        return ProcessCost.peakMebibytes(exporter.pid());
    }

    @Override
    public void close() {
        ChildProcess.end(exporter);
    }
}
