package dev.upkeep.infra.aws.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.AwsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to somebody who is not logged in, with the settings of the SDK as properties of the JVM. */
class AwsSessionTest {

    @TempDir
    private Path home;

    private final Map<String, String> before = new HashMap<>();

    @BeforeEach
    void configure() throws IOException {
        Path config = Files.writeString(home.resolve("config"), """
                [profile work]
                region = eu-west-1
                [profile single-sign-on]
                sso_session = company
                sso_account_id = 123456789012
                sso_role_name = Admin
                [sso-session company]
                sso_region = eu-west-1
                sso_start_url = https://example.org/start
                """);
        set("aws.configFile", config.toString());
        set("aws.sharedCredentialsFile", home.resolve("none").toString());
        set("aws.disableEc2Metadata", "true");
        set("user.home", home.toString());
    }

    private void set(String setting, String value) {
        before.put(setting, System.getProperty(setting));
        System.setProperty(setting, value);
    }

    @AfterEach
    void putBack() {
        before.forEach((setting, value) -> {
            if (value == null) {
                System.clearProperty(setting);
            } else {
                System.setProperty(setting, value);
            }
        });
    }

    @Test
    void theReasonOfTheProfileIsSaidWithTheCommandThatLogsIn() {
        set("aws.profile", "work");

        assertThatThrownBy(() -> AwsSession.of(Optional.of("eu-west-1")))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("(Profile file contained no credentials for profile 'work')")
                .hasMessageContaining("log in (aws sso login --profile work, or aws configure)")
                .hasMessageNotContaining("AwsCredentialsProviderChain")
                .hasMessageNotContaining("ProfileFile(");
    }

    @Test
    void aProfileThatIsNotThereIsNamed() {
        set("aws.profile", "elsewhere");

        assertThatThrownBy(() -> AwsSession.of(Optional.of("eu-west-1")))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("no credentials for profile 'elsewhere')")
                .hasMessageNotContaining("ProfileFile(");
    }

    /** They are not among the jars of this module. */
    @Test
    void whoEmbedsTheModuleLearnsWhichJarsSingleSignOnNeeds() {
        set("aws.profile", "single-sign-on");

        assertThatThrownBy(() -> AwsSession.of(Optional.of("eu-west-1")))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("Tried to find AWS credentials for eu-west-1: there are none that can be used (")
                .hasMessageEndingWith(
                        "add software.amazon.awssdk:sso and software.amazon.awssdk:ssooidc to the class path");
    }
}
