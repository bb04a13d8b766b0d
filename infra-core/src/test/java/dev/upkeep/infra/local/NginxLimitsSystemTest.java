package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What users get of an application that takes its time, and of what they send, through the load balancer and nginx. */
@Timeout(120)
class NginxLimitsSystemTest {

    private static final int MEGABYTE = 1_048_576;

    /** Longer than the load balancer waits where nginx waits for 1 s. */
    private static final String SLOW = "/6.5";

    /** Answers after as many seconds as the path says. */
    private static final String APPLICATION = """
            import http.server, os, time
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    time.sleep(float(self.path[1:] or 0))
                    self.rfile.read(int(self.headers.get("Content-Length", 0)))
                    self.send_response(200)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                do_POST = do_GET
                def log_message(self, *arguments):
                    pass
            http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
            """;

    @TempDir
    Path root;

    @TempDir
    Path folder;

    private StackSpec spec(Stand stand, NginxLimits limits) {
        return stand.spec("1")
                .shape(Shape.HIGHLY_AVAILABLE)
                .baseFolder(folder)
                .command(List.of("python3", "app.py"))
                .nginx(limits)
                .build();
    }

    @Test
    void theLoadBalancerWaitsForWhateverNginxWaitsFor() throws Exception {
        Files.writeString(folder.resolve("app.py"), APPLICATION);
        try (Stand stand = new Stand(root)) {
            stand.apply(spec(stand, new NginxLimits(1, Duration.ofSeconds(1))));
            assertThat(get(stand, SLOW)).isEqualTo(504);
            assertThat(post(stand, MEGABYTE)).isEqualTo(200);
            assertThat(post(stand, MEGABYTE + 1)).isEqualTo(413);

            stand.apply(spec(stand, new NginxLimits(2, Duration.ofSeconds(10))));
            assertThat(get(stand, SLOW)).isEqualTo(200);
            assertThat(post(stand, MEGABYTE + 1)).isEqualTo(200);
            assertThat(post(stand, 2 * MEGABYTE + 1)).isEqualTo(413);
            assertThat(stand.platform
                            .plan(spec(stand, new NginxLimits(2, Duration.ofSeconds(10))))
                            .isEmpty())
                    .isTrue();
        }
    }

    private static HttpURLConnection request(Stand stand, String path) throws IOException, InterruptedException {
        HttpURLConnection request = (HttpURLConnection)
                stand.status().edge().orElseThrow().resolve(path).toURL().openConnection();
        request.setReadTimeout(30_000);
        return request;
    }

    private static int get(Stand stand, String path) throws IOException, InterruptedException {
        return request(stand, path).getResponseCode();
    }

    /** Asks first whether the body may come, so that a refusal is read and not lost in a broken connection. */
    private static int post(Stand stand, int bytes) throws IOException, InterruptedException {
        HttpURLConnection request = request(stand, "/0");
        request.setRequestMethod("POST");
        request.setRequestProperty("Expect", "100-continue");
        request.setDoOutput(true);
        request.setFixedLengthStreamingMode(bytes);
        try (var body = request.getOutputStream()) {
            body.write(new byte[bytes]);
        } catch (IOException refused) {
            assertThat(request.getResponseCode()).isEqualTo(413);
        }
        return request.getResponseCode();
    }
}
