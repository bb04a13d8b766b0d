package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.testing.RefusingPort;
import dev.upkeep.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorCommandTest {

    /** The SDK's own names for its settings as properties of the JVM. */
    private static final Map<String, String> SETTINGS =
            Map.of("aws.accessKeyId", "AKIDEXAMPLE", "aws.secretAccessKey", "not-a-key", "aws.maxAttempts", "1");

    private static final String ENDPOINT = "aws.endpointUrl";

    @TempDir
    private Path folder;

    @AfterEach
    void forgetSettings() {
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty(ENDPOINT);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, All is well.",
        "0, 3, 'Nothing to put right, but 3 not checked.'",
        "2, 0, 2 to put right.",
        "2, 1, '2 to put right, but 1 not checked.'"
    })
    void theLastLineCountsWhatIsWrongAndWhatNobodyKnows(long wrong, long unknown, String said) {
        assertThat(DoctorCommand.sum(wrong, unknown)).isEqualTo(said);
    }

    @Test
    void thatAwsDoesNotAnswerIsSaidAndCountedOnce() throws IOException {
        Files.writeString(
                folder.resolve("upkeep.yaml"),
                "stack: shop\nplatform: aws\nregion: eu-west-1\nversion: 1.0.6\napp: { base: registry.example.org/java }\n");
        SETTINGS.forEach(System::setProperty);
        try (RefusingPort nobody = RefusingPort.open()) {
            System.setProperty(ENDPOINT, nobody.uri().resolve("/").toString());

            Run run = Run.in(folder, "doctor");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out())
                    .containsOnlyOnce("AWS did not answer")
                    .endsWith("1 to put right, but 1 not checked.\n");
        }
    }
}
