package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.local.probe.LocalProbe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeSystemTest {

    @TempDir
    Path root;

    private static boolean rejoins(Stand stand, InstanceId id) throws InterruptedException {
        try {
            stand.platform.rejoin(stand.name, id, stand.listener);
            stand.platform.drain(stand.name, id, stand.listener);
            return true;
        } catch (ResourceFailedException failed) {
            assertThat(failed).hasMessageContaining("it stays out");
            return false;
        }
    }

    @Test
    void anInstanceWhoseRejoinFailedGetsNoUsersWhenItIsHealthyAgain() throws Exception {
        LocalPlatformBuilder settings = LocalPlatform.builder().startTimeout(Duration.ofSeconds(8));
        try (Stand stand = new Stand(root, settings)) {
            stand.apply(stand.pair("1"));
            InstanceId second = InstanceId.of("i2");
            stand.platform.drain(stand.name, second, stand.listener);
            long app = stand.processes("java", "i2").get(0);
            Stand.signal("STOP", app);

            // Until HAProxy has found out about it, it takes the instance.
            stand.await(() -> !rejoins(stand, second));

            assertThat(new ProcessBuilder("kill", "-CONT", Long.toString(app))
                            .start()
                            .waitFor())
                    .isZero();
            stand.await(() -> stand.status().instances().get(1).health() == InstanceHealth.HEALTHY);
            int edge = stand.status().edge().orElseThrow().getPort();
            for (int request = 0; request < 40; request++) {
                assertThat(new LocalProbe().ask(edge, "/by-users").status()).isEqualTo(200);
                Thread.sleep(50);
            }
            assertThat(Files.readString(stand.folder().resolve("i2/logs/access.log")))
                    .doesNotContain("/by-users");
        }
    }

    @Test
    void doesNotPassOnWhatAClientSaysAboutWhereItComesFrom() throws Exception {
        try (Stand stand = new Stand(root)) {
            stand.apply(stand.pair("1"));
            HttpURLConnection request = (HttpURLConnection)
                    stand.status().edge().orElseThrow().resolve("/who").toURL().openConnection();
            request.setRequestProperty("X-Forwarded-For", "203.0.113.7");
            assertThat(request.getResponseCode()).isEqualTo(200);

            // nginx writes its log after the answer is out.
            String logs = logs(stand);
            for (int tries = 0; !logs.contains("/who") && tries < 100; tries++) {
                Thread.sleep(50);
                logs = logs(stand);
            }
            assertThat(logs)
                    .contains("\"path\":\"/who\"", "\"client\":\"127.0.0.1\"")
                    .doesNotContain("203.0.113.7");
        }
    }

    private static String logs(Stand stand) throws IOException {
        return Files.readString(stand.folder().resolve("i1/logs/access.log"))
                + Files.readString(stand.folder().resolve("i2/logs/access.log"));
    }
}
