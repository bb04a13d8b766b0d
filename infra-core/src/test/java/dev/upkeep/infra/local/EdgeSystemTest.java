package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeSystemTest {

    @TempDir
    Path root;

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
