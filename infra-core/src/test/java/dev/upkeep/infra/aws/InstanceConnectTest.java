package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.shell.SshDoor;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Doors that do not open. One that does is in {@code InstanceConnectSystemTest}. */
class InstanceConnectTest extends AwsStory {

    private static final InstanceId ONE = InstanceId.of("i-0aaa");
    private static final String KEY = "ssh-ed25519 AAAA";

    private final SshDoor door = operator.platform().sshDoor().orElseThrow();

    @BeforeEach
    void theInstanceIsThere() {
        aws.usually(
                "DescribeInstances",
                call -> ScriptedAnswer.result(
                        "<reservationSet><item><instancesSet><item><instanceId>i-0aaa</instanceId>"
                                + "<privateIpAddress>10.20.0.7</privateIpAddress><vpcId>vpc-1</vpcId></item></instancesSet></item>"
                                + "</reservationSet>"));
        aws.usually("DescribeInstanceConnectEndpoints", call -> endpoint("create-complete"));
        aws.usually("SendSSHPublicKey", call -> ScriptedAnswer.result("{\"Success\": true}"));
    }

    private static ScriptedAnswer endpoint(String state) {
        return ScriptedAnswer.result("<instanceConnectEndpointSet><item><instanceConnectEndpointId>eice-1"
                + "</instanceConnectEndpointId><state>" + state + "</state><dnsName>eice-1.invalid</dnsName></item>"
                + "</instanceConnectEndpointSet>");
    }

    private void open() throws IOException, InterruptedException {
        door.open(ONE, "ec2-user", KEY, Duration.ofSeconds(5)).close();
    }

    @Test
    void aStackWithoutAnEndpointIsToldHowToGetOne() {
        aws.usually("DescribeInstanceConnectEndpoints", call -> ScriptedAnswer.result("<instanceConnectEndpointSet/>"));

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the network vpc-1 has no Instance Connect Endpoint that is ready; with ssh-endpoint: true in the"
                                + " file, apply makes one");
    }

    @Test
    void anEndpointThatIsBeingMadeIsNotUsedYet() {
        aws.usually("DescribeInstanceConnectEndpoints", call -> endpoint("create-in-progress"));

        assertThatThrownBy(this::open).hasMessageContaining(" (eice-1 is create-in-progress)");
    }

    @Test
    void anInstanceThatIsGoneIsTold() {
        aws.usually("DescribeInstances", call -> ScriptedAnswer.result("<reservationSet/>"));

        assertThatThrownBy(this::open).hasMessage("AWS has no running instance i-0aaa");
    }

    @Test
    void whoMayNotSendAKeyIsToldWhatIsMissing() {
        aws.usually("SendSSHPublicKey", call -> ScriptedAnswer.denied("ec2-instance-connect:SendSSHPublicKey"));

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("have i-0aaa believe a key for 60 s", "ec2-instance-connect:SendSSHPublicKey");
    }

    @Test
    void anEndpointOfNoAddressIsToldByItsName() {
        assertThatThrownBy(this::open)
                .hasMessageContaining(
                        "the endpoint eice-1 at eice-1.invalid opened no tunnel to 10.20.0.7: it cannot be reached (")
                .hasMessageContaining("may connect to its port 443");
    }

    @Test
    void aConsoleThatCannotBeReadIsTold() {
        aws.usually("GetConsoleOutput", call -> ScriptedAnswer.denied("ec2:GetConsoleOutput"));

        assertThatThrownBy(() -> door.hostKeys(ONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ec2:GetConsoleOutput");
    }
}
