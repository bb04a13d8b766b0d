package dev.upkeep.system.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.system.AwsEmulator;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances that only Run Command reaches: containers of ministack, in which its Run Command runs the commands and gives their real output and exit
 * codes. They have no port. The states that ministack does not know (delayed, undeliverable, timed out, throttled) are in {@code RunCommandTest} of
 * infra-core, against answers by AWS's service model. That IAM limits the command to the stack is proven by neither.
 */
@Timeout(600)
@Tag("docker")
@TestInstance(Lifecycle.PER_CLASS)
@UsesDockerEngine
class RunCommandSystemTest {
    /** A page has ten of them. */
    private static final String ALL =
            "[c for page in client('ssm').get_paginator('list_commands').paginate() for c in page['Commands']]";

    private static final String READY = "/srv/.well-known/upkeep/ready";
    private static final String DOCKERFILE = """
        ARG BASE
        FROM ${BASE}
        COPY nginx.conf /etc/nginx/nginx.conf
        RUN mkdir -p /srv/.well-known/upkeep && echo 1.0.6 >/srv/version.txt && touch /srv/.well-known/upkeep/ready
        ENTRYPOINT ["sh", "-c", "nginx && exec sleep infinity"]
        """;
    private static final String NGINX = "events {} http { server { listen 80; root /srv; } }\n";

    private final ScriptedServer edge = ScriptedServer.start(Behaviour.version("1.0.6"));

    private Path home;
    private DockerEngine engine;
    private AwsEmulator emulator;
    private AwsWithGroup aws;
    private List<String> instances;

    @BeforeAll
    @Timeout(600)
    void standUp(@TempDir Path folder) throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        engine = DockerEngine.start();
        Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE);
        Files.writeString(folder.resolve("nginx.conf"), NGINX);
        String base = BaseImage.in(engine);
        engine.run(folder, Program.of(folder, "docker", "build", "--build-arg", "BASE=" + base, "--tag", "shop:1", "."))
                .with(0);
        emulator = AwsEmulator.ministackWithInstances(
                Files.createDirectory(folder.resolve("aws")), engine.host(), DockerEngine.NETWORK);
        instances = start();
        aws = new AwsWithGroup(emulator.endpoint(), instances);
        Files.writeString(home.resolve("upkeep.yaml"), """
            stack: shop
            platform: aws
            region: eu-west-1
            shape: highly-available
            version: "1.0.6"
            check: { url: "%s" }
            """.formatted(edge.uri()));
    }

    /** What an apply leaves, as far as it is asked for; and two instances. */
    private List<String> start() {
        emulator.ask("""
            client('ssm').put_parameter(Name='/upkeep/shop/release', Type='String', Value='{"version": "1.0.6"}')
            client('cloudformation').create_stack(StackName='shop', Tags=[{'Key': 'upkeep:stack', 'Value': 'shop'}],
                TemplateBody='''{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}, "Outputs":
                {"Url": {"Value": "http://shop.invalid/"}, "Group": {"Value": "shop-group"}}}''')
            """);
        String image =
                emulator.ask("print(client('ec2').register_image(Name='shop', ImageLocation='shop:1')['ImageId'])");
        return emulator.ask("print(*sorted(i['InstanceId'] for i in client('ec2').run_instances(ImageId='" + image
                        + "', MinCount=2, MaxCount=2)['Instances']), sep='\\n')")
                .lines()
                .toList();
    }

    @AfterAll
    void tearDown() {
        aws.close();
        emulator.close();
        edge.close();
        engine.close();
    }

    @BeforeEach
    @AfterEach
    void serveTheRightVersion() {
        instances.forEach(each -> on(each, "echo 1.0.6 >/srv/version.txt; touch " + READY));
    }

    private void on(String instance, String script) {
        String container = engine.docker("ps", "--quiet", "--filter=label=instance_id=" + instance)
                .with(0)
                .out()
                .strip();
        engine.docker("exec", container, "sh", "-c", script).with(0);
    }

    private Ended upkeep(int code, String... words) {
        return Upkeep.in(home, words)
                .with("AWS_ENDPOINT_URL", aws.endpoint())
                .with("AWS_ACCESS_KEY_ID", "123456789012")
                .with("AWS_SECRET_ACCESS_KEY", "not-a-key")
                .run()
                .with(code);
    }

    @Test
    void everyInstanceIsAskedFromTheInside() {
        assertThat(upkeep(0, "check").out())
                .contains("UP  stack shop: the edge and every instance serve 1.0.6")
                .containsPattern(instances.get(0) + " +UP +1\\.0\\.6 +through Run Command +")
                .containsPattern(instances.get(1) + " +UP +1\\.0\\.6 +through Run Command +");
        assertThat(upkeep(0, "check", "--output", "json").out())
                .contains("\"way\" : \"Run Command\"", "\"target\" : \"http://127.0.0.1/version.txt\"");
        assertThat(upkeep(0, "status").out())
                .contains("stack shop: running")
                .containsPattern(instances.get(0) + " +healthy +1\\.0\\.6 .*serves 1\\.0\\.6, ready");
        assertThat(upkeep(0, "wait", "--rounds", "2").out()).contains("UP  stack shop");
    }

    @Test
    void oneThatServesAnotherVersionIsFound() {
        on(instances.get(1), "echo 1.0.5 >/srv/version.txt");

        assertThat(upkeep(1, "check").out())
                .contains("MIXED  stack shop: the instances do not agree on a version: 1.0.5, 1.0.6");
        assertThat(upkeep(1, "status").out())
                .contains("stack shop: degraded")
                .contains("instance " + instances.get(1) + ": it serves 1.0.5 and was given 1.0.6");
    }

    @Test
    void oneWhoseApplicationIsNotReadyIsFound() {
        on(instances.get(0), "rm " + READY);

        assertThat(upkeep(1, "check").out())
                .contains("DEGRADED  stack shop: serves users, but " + instances.get(0) + " is not ready")
                .contains("/.well-known/upkeep/ready answered with status 404");
        assertThat(upkeep(1, "status").out())
                .containsPattern(instances.get(0) + " +not ready .*serves 1\\.0\\.6, not ready");
        assertThat(upkeep(1, "wait", "--within", "3s", "--rounds", "2").out()).contains("DEGRADED");
    }

    @Test
    void aPathWithAQueryIsNotPutIntoACommand() {
        String secret = "token=s3cret-of-the-shop";

        upkeep(0, "check", "--also", "/.well-known/upkeep/ready?" + secret);

        assertThat(emulator.ask("print([c['Parameters'] for c in " + ALL + "])"))
                .contains("http://127.0.0.1/version.txt")
                .doesNotContain(secret);
    }

    /** Where the image has no systemd, no Docker and no ss, as a small one may have. */
    @Test
    void anInstanceWhoseNginxDiedIsHealedThroughRunCommand() {
        on(instances.get(1), "nginx -s stop");

        Ended rehearsed = upkeep(1, "heal", "--rounds", "1", "--dry-run");
        assertThat(rehearsed.out())
                .contains(instances.get(1) + ": nginx does not run", "  would run     nginx", "stack shop is DEGRADED");

        Ended healed = upkeep(0, "heal", "--rounds", "2", "--interval", "200ms");

        assertThat(healed.out())
                .contains(instances.get(1) + " is healed after ", "by: start nginx; UP 1.0.6", "stack shop is UP")
                .doesNotContain(instances.get(0));
        assertThat(upkeep(0, "ssh", instances.get(1), "--", "sh", "-c", "cat /var/lib/upkeep/heal/*/history | wc -l")
                        .out())
                .isEqualTo("2\n");
        assertThat(upkeep(7, "ssh", instances.get(0), "--", "sh", "-c", "exit 7")
                        .err())
                .isEmpty();
    }

    @Test
    void whatIsSentIsLeftByOneCommandForAllInstances() {
        int before = commands();

        upkeep(0, "check");

        assertThat(commands()).isEqualTo(before + 1);
    }

    private int commands() {
        return Integer.parseInt(emulator.ask("print(len(" + ALL + "))"));
    }

    @Test
    void whereNoInstanceCanBeAskedTheEdgeAloneIsAndThatIsSaid() throws IOException {
        try (AwsWithGroup silent = new AwsWithGroup(emulator.endpoint(), List.of("i-0123456789abcdef0"))) {
            Ended check = Upkeep.in(home, "check")
                    .with("AWS_ENDPOINT_URL", silent.endpoint())
                    .with("AWS_ACCESS_KEY_ID", "123456789012")
                    .with("AWS_SECRET_ACCESS_KEY", "not-a-key")
                    .run()
                    .with(0);

            assertThat(check.out())
                    .contains("UP  stack shop: the edge serves 1.0.6")
                    .contains("note  only the edge was asked, not the instances: Tried to reach i-0123456789abcdef0"
                            + " through Run Command: AWS knows no agent there");
        }
    }
}
