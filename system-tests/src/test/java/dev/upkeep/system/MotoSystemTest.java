package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second emulator of AWS, made by others than the first. It knows the public parameters of machine images. It gives no outputs to a stack
 * that comes from a change set, cannot delete a network, and knows no certificates: so it is planned with only. {@link SingleOnAwsSystemTest} applies to one
 * that is mended.
 */
class MotoSystemTest {

    @TempDir
    private Path home;

    private AwsEmulator aws;

    @BeforeEach
    void start() throws IOException {
        aws = AwsEmulator.moto(Files.createDirectory(home.resolve("aws")));
        Files.writeString(home.resolve("upkeep.yaml"), """
                stack: shop
                platform: aws
                region: eu-west-1
                shape: highly-available
                version: 1.0.6
                app: none
                site: ./site
                """);
        Files.createDirectory(home.resolve("site"));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private Ended upkeep(int code, String... words) {
        return Upkeep.in(home, words)
                .with("AWS_ENDPOINT_URL", aws.endpoint())
                .with("AWS_ACCESS_KEY_ID", "somebody")
                .with("AWS_SECRET_ACCESS_KEY", "secret")
                .run()
                .with(code);
    }

    @Test
    void theNewestMachineImageIsTheOneThatThePublicParameterNames() {
        String image = aws.ask(
                "print(client('ssm').get_parameter(Name='/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64')['Parameter']['Value'])");

        assertThat(upkeep(0, "doctor").out()).contains("machine image: " + image);
    }

    /** The emulator does not know change sets that adopt. */
    @Test
    void whatIsThereUnderANameOfTheStackIsInItsWay() {
        aws.ask(
                "client('ecr').create_repository(repositoryName='shop/web')\nclient('ecr').create_repository(repositoryName='shop/other')");

        String found = "there already, and not part of the stack: repository shop/web";
        assertThat(upkeep(1, "plan").err()).contains(found + "; run upkeep adopt to take it into the stack as it is");
        assertThat(upkeep(1, "doctor").out()).contains(found);
    }

    @Test
    void aPlanLeavesNothingBehind() {
        assertThat(upkeep(2, "plan").out())
                .contains("+  Vpc ", "+  Group ", "+  Balancer ", "takes about 10 min; the slowest part is Group");
        assertThat(aws.ask("print([s['StackName'] for s in client('cloudformation').describe_stacks()['Stacks']])"))
                .isEqualTo("[]");
        assertThat(upkeep(3, "status").out()).contains("stack shop: absent");
    }

    /** The SDK looks for the login in the home folder of the user, where there is none for this address. */
    @Test
    void whoIsNotLoggedInBySingleSignOnLearnsTheCommand() throws IOException {
        Path config = Files.writeString(home.resolve("config"), """
                [profile work]
                sso_session = company
                sso_account_id = 123456789012
                sso_role_name = Admin
                [sso-session company]
                sso_region = eu-west-1
                sso_start_url = https://example.org/upkeep-has-no-login-here
                """);

        Ended ended = Upkeep.in(home, "doctor")
                .with("AWS_CONFIG_FILE", config.toString())
                .with("AWS_PROFILE", "work")
                .with("AWS_EC2_METADATA_DISABLED", "true")
                .run()
                .with(1);

        assertThat(ended.out())
                .contains("The SSO session associated with this profile has expired", "aws sso login --profile work");
    }

    /** It knows the quotas of networks, and those of instances not; its caller is nobody whom IAM could simulate. */
    @Test
    void aQuotaIsComparedWithWhatTheAccountHas() {
        assertThat(upkeep(0, "doctor").out())
                .contains(
                        "the quota of VPCs is 5: others have 1, and this stack needs 1",
                        "not checked: the quota of vCPUs of running on-demand standard instances",
                        "not checked: whether arn:aws:sts::123456789012:user/moto may do what this stack needs");
    }
}
