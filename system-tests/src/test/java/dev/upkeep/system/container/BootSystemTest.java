package dev.upkeep.system.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.upkeep.system.AwsUserData;
import dev.upkeep.system.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user data that Upkeep makes, on machines that boot, are rebooted, and find something missing. */
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
@UsesDockerEngine
class BootSystemTest {
    private static final String SECRET = "s3cret-of-the-shop";
    private static final String SERVES = " serves version 1.0.6";
    private static final String LOGS = "/upkeep/shop";
    private static final String BOOT = "/usr/local/lib/upkeep/upkeep-boot";
    private static final String LOGIN =
            Base64.getEncoder().encodeToString(("AWS:" + Ec2Surroundings.TOKEN).getBytes(StandardCharsets.US_ASCII));

    private DockerEngine engine;
    private Ec2Surroundings around;
    private ReleasedImages images;

    @BeforeAll
    @Timeout(600)
    void build(@TempDir Path folder) throws IOException {
        engine = DockerEngine.start();
        Recipes recipes = new Recipes(engine, folder);
        around = new Ec2Surroundings(engine, folder);
        images = ReleasedImages.pushed(around, recipes);
    }

    @AfterAll
    void stop() {
        around.close();
        engine.close();
    }

    @Test
    @Tag("docker")
    void aMachineServesItsReleaseAndSignalsOnceAndServesAgainAfterAReboot() throws IOException {
        around.aws("ssm", "put-parameter", "--type=SecureString", "--name=/upkeep/shop/password", "--value=" + SECRET);
        around.aws("secretsmanager", "create-secret", "--name=shop/key", "--secret-string=key");
        images.release("shop", images.edge(), """
                , "env": {"COLOR": "blue \\u007b{green}", "PORTS": "#1 = $HOME"},
                "secrets": {"PASSWORD": "/upkeep/shop/password", "KEY": "secretsmanager:shop/key"}""");
        around.createWaitingStack("shop", "Group");
        around.aws("logs", "create-log-group", "--log-group-name=" + LOGS);
        String address = around.aws("ec2", "allocate-address", "--query=AllocationId");
        // An instance has an address or a target group; this one has both, so that one boot shows both.
        Map<String, String> settings =
                Map.of("TARGET_GROUP", around.targetGroup("shop"), "LIMIT", "180", "APP_ROLE", role());
        try (Ec2Machine machine = around.boot("shop", address, settings)) {
            String console = machine.awaitConsole(SERVES);

            assertThat(console)
                    .contains(
                            "upkeep-boot: reading parameter /upkeep/shop/release",
                            "upkeep-boot: logging in for " + Ec2Surroundings.REGISTRY,
                            "upkeep-boot: pulling " + Ec2Surroundings.REGISTRY + "/shop/web@sha256:",
                            "upkeep-boot: claiming address " + address,
                            "upkeep-boot: the load balancer says: healthy",
                            "upkeep-boot: signalling SUCCESS to shop")
                    .doesNotContain(SECRET, Ec2Surroundings.TOKEN);
            assertServes();
            sendsItsLogs(machine);
            assertThat(around.stackStatus("shop")).isEqualTo("CREATE_COMPLETE");
            assertThat(holder(address)).startsWith("i-");
            assertThat(environment(machine))
                    .contains("COLOR=blue {{green}", "PORTS=#1 = $HOME", "PASSWORD=" + SECRET, "KEY=key");
            assertThat(machine.run("grep", "-rlE", SECRET + "|" + LOGIN, "/etc", "/root", "/var/lib/upkeep")
                            .with(1)
                            .out())
                    .as("secrets on the disk")
                    .isEmpty();

            machine.reboot();

            assertThat(machine.awaitConsole(SERVES)).doesNotContain("signalling", "pulling");
            assertThat(machine.run("systemctl", "is-active", "upkeep-watch.timer")
                            .out())
                    .isEqualTo("active\n");
            assertServes();
            hasTheRoleOfItsOwn(machine);
            refusesSeveralLines(machine);
            repairs(machine, address);
        }
    }

    /** What was printed is in a stream for each part, and {@code docker logs} has it too. */
    private void sendsItsLogs(Ec2Machine machine) {
        Http.get(around.port(), "/?asked=once");
        for (String part : List.of("app", "web", "edge")) {
            Waiting.until(
                    "the log of " + part + " has arrived", () -> !logged(part).isEmpty());
            String container = "$(docker ps -q -f label=dev.upkeep.part=" + part + ")";
            String first = logged(part).lines().findFirst().orElseThrow().strip();
            assertThat(machine.run("sh", "-c", "docker logs " + container + " 2>&1")
                            .with(0)
                            .out())
                    .contains(first);
            assertThat(machine.run("sh", "-c", "docker inspect -f '{{.HostConfig.LogConfig.Config.mode}}' " + container)
                            .out())
                    .isEqualTo("non-blocking\n");
        }
        Waiting.until("the edge has logged who asked", () -> logged("edge").contains("\"path\":\"/\""));
    }

    private String logged(String part) {
        return around.aws(
                "logs",
                "filter-log-events",
                "--log-group-name=" + LOGS,
                "--query=join(`\"\\n\"`, events[?ends_with(logStreamName, '/" + part + "')].message)");
    }

    /** Which the emulator lets everybody take. */
    private String role() {
        return around.aws(
                "iam",
                "create-role",
                "--role-name=app-of-shop",
                "--assume-role-policy-document={\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\","
                        + " \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}]}",
                "--query=Role.Arn");
    }

    /** The command of AWS, in the network of the application and with its environment, stands for any application with an SDK. */
    private void hasTheRoleOfItsOwn(Ec2Machine machine) {
        String there = "app=$(docker ps -q -f label=dev.upkeep.part=app); inside() { nsenter"
                + " --net=/proc/$(docker inspect -f '{{.State.Pid}}' $app)/ns/net env -i PATH=$PATH"
                + " $(docker inspect -f '{{range .Config.Env}}{{println .}}{{end}}' $app | grep ^AWS_) \"$@\"; }; ";
        assertThat(machine.run("sh", "-c", there + "inside aws configure list").out())
                .containsPattern("access_key +\\*+\\w{4} +container-role")
                .containsPattern("region +" + Ec2Surroundings.REGION);
        String ask = there + "inside curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:7081/credentials";
        assertThat(machine.run("sh", "-c", ask).out()).as("without the token").isEqualTo("403");
        String key = machine.run(
                        "sh",
                        "-c",
                        there + "inside sh -c 'curl -s -H \"Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN\""
                                + " $AWS_CONTAINER_CREDENTIALS_FULL_URI'")
                .out();
        assertThat(key).contains("\"AccessKeyId\": \"ASIA", "\"SecretAccessKey\"", "\"Token\"", "\"Expiration\": \"20");
        assertThat(machine.run(
                                "sh",
                                "-c",
                                "rm /run/upkeep/shop/role/credentials; " + BOOT + " watch; " + ask
                                        + " -H \"Authorization: $(cat /var/lib/upkeep/shop/token)\"")
                        .out())
                .as("once its credentials are made anew")
                .isEqualTo("200");
    }

    /** What served before goes on. */
    private void refusesSeveralLines(Ec2Machine machine) {
        around.aws("ssm", "put-parameter", "--type=SecureString", "--name=/upkeep/shop/lines", "--value=one\ntwo");
        images.release("shop", images.edge(), ", \"secrets\": {\"LINES\": \"/upkeep/shop/lines\"}");
        assertThat(machine.run(BOOT).with(1).out())
                .contains("upkeep-boot: secret /upkeep/shop/lines has several lines; an environment takes one");

        images.release("shop", images.edge(), ", \"env\": {\"LINES\": \"one\\ntwo\"}");
        assertThat(machine.run(BOOT).with(1).out())
                .contains(
                        "upkeep-boot: parameter /upkeep/shop/release gives LINES several lines; an environment takes one");
        assertServes();
    }

    private void assertServes() {
        assertThat(Http.get(around.port(), Http.VERSION))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\n\n1.0.6");
        assertThat(Http.get(around.port(), "/")).contains("Version <b>1.0.6</b>");
    }

    /** Which instance has the address. */
    private String holder(String address) {
        return around.aws("ec2", "describe-addresses", "--allocation-ids", address, "--query=Addresses[0].InstanceId");
    }

    private static String environment(Ec2Machine machine) {
        return machine.run(
                        "sh", "-c", "docker inspect -f '{{.Config.Env}}' $(docker ps -q -f label=dev.upkeep.part=app)")
                .with(0)
                .out();
    }

    /** What the timer starts every minute finds a release that has died, and an address that nobody has. */
    private void repairs(Ec2Machine machine, String address) {
        machine.run("systemctl", "stop", "upkeep-watch.timer").with(0);
        machine.run("sh", "-c", "docker kill $(docker ps -q -f label=dev.upkeep.release)")
                .with(0);
        assertThat(Http.get(around.port(), Http.READY)).startsWith("HTTP/1.1 503 ");
        String association = around.aws(
                "ec2", "describe-addresses", "--allocation-ids", address, "--query=Addresses[0].AssociationId");
        around.aws("ec2", "disassociate-address", "--association-id", association);

        machine.run("systemctl", "start", "upkeep-watch.service").with(0);

        assertServes();
        assertThat(holder(address)).startsWith("i-");
    }

    @Test
    @Tag("docker")
    void withoutItsParameterAMachineSaysSoAndSignalsFailure() throws IOException {
        assertThat(failedBoot("none", 30))
                .contains(
                        "upkeep-boot: reading parameter /upkeep/none/release",
                        "upkeep-boot: that does not work yet: ",
                        "ParameterNotFound",
                        "upkeep-boot: reading parameter /upkeep/none/release has not worked within 10 s");
    }

    @Test
    @Tag("docker")
    void withoutARegistryAMachineSaysSoAndSignalsFailure() throws IOException {
        images.release("lost", images.edge().replace(Ec2Surroundings.REGISTRY, "127.0.0.1:1"), "");

        assertThat(failedBoot("lost", 30))
                .contains(
                        "upkeep-boot: pulling 127.0.0.1:1/shop/edge@sha256:", "connection refused", " has not worked ");
    }

    @Test
    @Tag("docker")
    void ofAnApplicationThatDiesAMachineShowsTheLogAndSignalsFailure() throws IOException {
        images.release("dead", images.edge(), ", \"env\": {\"PORT\": \"none\"}");

        assertThat(failedBoot("dead", 90))
                .contains(" was not ready after 30 s and is removed again")
                .containsPattern("  app: .*NumberFormatException");
    }

    /** Images are the largest that it needs room for. */
    @Test
    @Tag("docker")
    void ofADiskThatIsTooSmallForTheImagesAMachineSaysHowFullItIsAndSignalsFailure() throws IOException {
        images.release("small", images.edge(), "");

        assertThat(failedBoot("small", 60, "--tmpfs=/var/lib/docker:size=48m"))
                .contains("that does not work yet: ", "no space left on device")
                .containsPattern("upkeep-boot: THE DISK IS FULL: /var/lib/docker has \\d+ MB left of 48 MB, and room"
                        + " for \\d+ files\\. In the file, aws\\.disk makes it larger");
    }

    @Test
    @Tag("docker")
    void onADiskThatTakesNothingAtAllAMachineSaysSoAndSignalsFailure() throws IOException {
        images.release("full", images.edge(), "");

        assertThat(failedBoot("full", 30, "--tmpfs=/var/lib/upkeep:size=4k,nr_inodes=1", "--volume=/var/lib/docker"))
                .contains(
                        "No space left on device",
                        "upkeep-boot: THE DISK IS FULL: /var/lib/upkeep has 1 MB left of 1 MB, and room for 0 files");
    }

    /** As cloud-init 22.4 of Debian 12 knows them. Amazon Linux 2023 has 22.2, which knows these few keys as well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "aws: { image: debian-13 }",
                "shape: highly-available",
                "shape: highly-available\naws: { image: debian-13 }"
            })
    @Tag("docker")
    void cloudInitKnowsAllThatAnInstanceIsTold(String more, @TempDir Path home) throws IOException {
        String userData = AwsUserData.of(home, UserData.FILE.formatted("shop") + more, UserData.VALUES);

        assertThat(around.cloudInitSchema(userData).with(0).out()).startsWith("Valid cloud-config");
        assertThat(around.cloudInitSchema(userData.replace("content: |", "contents: |"))
                        .code())
                .isEqualTo(1);
        JsonNode keys = new YAMLMapper().readTree(userData);
        assertThat(keys.fieldNames()).toIterable().containsExactly("write_files", "runcmd");
        assertThat(keys.get("runcmd")).allMatch(JsonNode::isTextual);
        assertThat(keys.get("write_files"))
                .allSatisfy(file ->
                        assertThat(file.fieldNames()).toIterable().containsExactly("path", "permissions", "content"));
    }

    /** What the log group of the stack holds after a boot that failed; the console must have said the same. */
    private String failedBoot(String stack, int limit) throws IOException {
        return failedBoot(stack, limit, "--volume=/var/lib/docker");
    }

    private String failedBoot(String stack, int limit, String... disks) throws IOException {
        String group = "/upkeep/" + stack;
        around.createWaitingStack(stack, "Group");
        around.aws("logs", "create-log-group", "--log-group-name", group);
        try (Ec2Machine machine = around.boot(stack, "", Map.of("LIMIT", String.valueOf(limit)), disks)) {
            String console = machine.awaitConsole("signalling FAILURE to " + stack);
            machine.awaitUnit("failed");
            Waiting.until(
                    "the stack is rolled back", () -> around.stackStatus(stack).startsWith("ROLLBACK_"));
            assertThat(console).contains("upkeep-boot: THE BOOT HAS FAILED.");
            String log = around.bootLog(group);
            assertThat(log.lines().map(String::strip).filter(line -> !line.isEmpty()))
                    .allSatisfy(line -> assertThat(console).contains(line));
            return log;
        }
    }
}
