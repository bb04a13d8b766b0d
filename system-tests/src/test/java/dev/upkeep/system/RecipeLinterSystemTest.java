package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What checkov, which looks for carelessness in recipes of images, says of {@code docker/}. */
@Timeout(300)
class RecipeLinterSystemTest {
    private static final Path DOCKER = Path.of("../docker").toAbsolutePath().normalize();

    @Test
    void findsNothingButWhatTheRecipesExplain() throws IOException {
        Path checkov = PythonPrograms.bin("checkov==3.3.30").resolve("checkov");

        String report = Command.run(
                        checkov.toString(),
                        "--directory",
                        DOCKER.toString(),
                        "--framework",
                        "dockerfile",
                        "--skip-download",
                        "--output",
                        "json")
                .orFail()
                .output();

        JsonNode found = new ObjectMapper().readTree(report.substring(report.indexOf('{')));
        assertThat(found.path("summary").path("failed").asInt(-1)).isZero();
        assertThat(found.path("summary").path("parsing_errors").asInt(-1)).isZero();
        assertThat(found.path("summary").path("passed").asInt()).isGreaterThan(40);
        assertThat(found.path("results").path("skipped_checks").findValuesAsText("check_id"))
                .containsOnly("CKV_DOCKER_7");
    }
}
