package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.system.KillingProxy.Point;
import dev.upkeep.system.KillingProxy.Side;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Running;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Machine images on moto, which makes records of them; ministack has no such call. What an independent client finds there is compared. moto runs no instance,
 * so that each is ready at once: what happens on one is in {@link dev.upkeep.system.container.BakeSystemTest}, and what fails in unit tests against an
 * AWS that is scripted. Each user here has a stack of another name.
 */
@Timeout(600)
class AmiSystemTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 3;

    /** What there is of each stack, without what differs from one to the other. */
    private static final String INVENTORY = """
            import json
            ec2 = client('ec2')
            alive = [i for r in ec2.describe_instances()['Reservations'] for i in r['Instances'] if i['State']['Name'] != 'terminated']
            def tag(x, key): return {t['Key']: t['Value'] for t in x.get('Tags', [])}.get(key, '')
            def inventory(stack):
                images = [i for i in ec2.describe_images(Owners=['self'])['Images'] if tag(i, 'upkeep:stack') == stack]
                ids = [b['Ebs']['SnapshotId'] for i in images for b in i['BlockDeviceMappings']]
                return dict(
                    stacks=[s['StackName'].replace(stack, 'S') + ' ' + s['StackStatus'] for s in client('cloudformation').describe_stacks()['Stacks']
                        if s['StackName'] in (stack, stack + '-base', stack + '-image')],
                    parameters=sorted(p['Name'].replace(stack, 'S') for p in client('ssm').get_parameters_by_path(
                        Path='/upkeep/' + stack, Recursive=True)['Parameters']),
                    images=sorted((i['State'], bool(tag(i, 'upkeep:proven')), tag(i, 'upkeep:version')) for i in images),
                    snapshots=sorted(s['SnapshotId'] in ids for s in ec2.describe_snapshots(OwnerIds=['self'])['Snapshots']
                        if tag(s, 'upkeep:stack') == stack),
                    instances=[tag(i, 'Name').replace(stack, 'S') for i in alive if tag(i, 'upkeep:stack') == stack],
                    roles=[r['RoleName'] for r in client('iam').list_roles()['Roles'] if r['RoleName'].startswith(stack + '-')])
            print(json.dumps(dict(
                groups=sorted(g['GroupName'] for g in ec2.describe_security_groups()['SecurityGroups']),
                networks=len([v for v in ec2.describe_vpcs()['Vpcs'] if not v['IsDefault']]),
                keys=ec2.describe_key_pairs()['KeyPairs'],
                stacks={stack: inventory(stack) for stack in '%s'.split()})))
            """;

    private final Peers peers = new Peers();
    private final AwsEmulator aws = peers.closing(AwsEmulator.mendedMoto(peers.folder("aws")));
    private final DockerRegistry registry = peers.closing(DockerRegistry.open(peers.folder("registry")));
    private final ScriptedServer edge = peers.closing(ScriptedServer.start(Behaviour.version("1.0.6")));
    private final Path homes = peers.folder("homes");
    private final Map<String, KillingProxy> proxies = new LinkedHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    @AfterEach
    void close() {
        proxies.values().forEach(KillingProxy::close);
        peers.close();
    }

    /** A user with a stack of their own; all of their calls go through a proxy. */
    private final class Operator {
        private final String stack = "shop" + count.incrementAndGet();
        private final Path home = homes.resolve(stack);
        private final KillingProxy proxy = new KillingProxy(aws, registry);

        Operator() {
            synchronized (proxies) {
                proxies.put(stack, proxy);
            }
            try {
                Files.writeString(Files.createDirectories(home.resolve("site")).resolve("index.html"), "hello");
                describe("");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void describe(String settings) throws IOException {
            Files.writeString(home.resolve("upkeep.yaml"), """
                    stack: %s
                    platform: aws
                    region: eu-west-1
                    shape: single
                    version: 1.0.6
                    app: none
                    site: ./site
                    images: { registry: "%s", nginx: scratch }
                    aws: { zones: [eu-west-1a, eu-west-1b], image: baked%s }
                    check: { url: "http://127.0.0.1:%d/version.txt" }
                    """.formatted(
                            stack, proxy.address(), settings, edge.address().getPort()));
        }

        Program upkeep(String... words) {
            return Upkeep.in(home, words)
                    .with("XDG_CACHE_HOME", home.resolve("cache").toString())
                    .with("AWS_ENDPOINT_URL", proxy.endpoint())
                    .with("AWS_ACCESS_KEY_ID", "somebody")
                    .with("AWS_SECRET_ACCESS_KEY", "secret");
        }

        Ended ends(int code, String... words) {
            try (Running process = upkeep(words).start()) {
                return process.end(PATIENCE).with(code);
            }
        }

        JsonNode images() throws IOException {
            return new ObjectMapper()
                    .readTree(ends(0, "ami", "list", "--output", "json").out())
                    .path("images");
        }
    }

    private JsonNode inventory() throws IOException {
        return new ObjectMapper().readTree(aws.ask(INVENTORY.formatted(String.join(" ", proxies.keySet()))));
    }

    @Test
    void aBakeLeavesOneImageWithItsSnapshotAndNothingElse() throws IOException {
        Operator operator = new Operator();
        JsonNode before = inventory();
        assertThat(operator.ends(1, "plan").err())
                .contains("there is none for linux/amd64 that has served; make one with upkeep ami build");

        Ended built = operator.ends(0, "ami", "build");

        assertThat(built.out())
                .contains("  proven  1.0.6  linux/amd64  ", "upkeep apply makes the instances anew of it");
        assertThat(built.err())
                .contains(
                        operator.stack + "-image: create complete",
                        "has served, and is there for instances to come",
                        operator.stack + "-image: delete complete");
        JsonNode after = inventory();
        assertThat(after.path("groups")).isEqualTo(before.path("groups"));
        assertThat(after.path("networks")).isEqualTo(before.path("networks"));
        assertThat(after.path("keys")).isEmpty();
        JsonNode stack = after.path("stacks").path(operator.stack);
        assertThat(stack.path("images").toString()).isEqualTo("[[\"available\",true,\"1.0.6\"]]");
        assertThat(stack.path("snapshots").toString()).isEqualTo("[true]");
        assertThat(stack.path("instances")).isEmpty();
        assertThat(stack.path("roles")).isEmpty();
        assertThat(stack.path("stacks").toString()).isEqualTo("[\"S-base CREATE_COMPLETE\"]");

        assertThat(operator.ends(0, "ami", "build").err()).contains("is there already, made by the same recipe");
        assertThat(inventory()).isEqualTo(after);
    }

    @Test
    void anApplyTakesTheNewestAndAPruneLeavesWhatIsUsed() throws IOException {
        Operator operator = new Operator();
        operator.ends(0, "ami", "build");
        String first = operator.images().at("/0/id").asText();

        assertThat(operator.ends(0, "apply", "--yes").err()).contains("edge: serves 1.0.6");
        assertThat(launched()).containsExactly(first);
        assertThat(operator.images().at("/0/usedBy").toString()).contains("stack " + operator.stack, "instance i-");

        operator.describe(", disk: 9GB");
        operator.ends(0, "ami", "build");
        String second = operator.images().at("/0/id").asText();
        assertThat(second).isNotEqualTo(first);
        // moto has no deprecation: that it is tried, and what AWS answers, is said.
        assertThat(operator.ends(2, "plan").out()).contains("LaunchTemplate");
        assertThat(operator.ends(2, "ami", "prune", "--keep", "0", "--dry-run").out())
                .contains("-  " + second, first)
                .contains("stays, used by stack " + operator.stack);
        assertThat(operator.images()).hasSize(2);

        operator.ends(0, "apply", "--yes");
        assertThat(launched()).containsExactly(second);
        assertThat(operator.ends(0, "ami", "prune", "--keep", "0").out())
                .contains("stays, used by instance i-", "nothing to remove");
        endInstances();
        assertThat(operator.ends(1, "ami", "prune", "--keep", "0").err()).contains("Use --yes to go on");
        operator.ends(0, "ami", "prune", "--keep", "0", "--yes");

        assertThat(operator.images()).hasSize(1);
        assertThat(operator.images().at("/0/id").asText()).isEqualTo(second);
        assertThat(inventory().at("/stacks/" + operator.stack + "/snapshots").toString())
                .isEqualTo("[true]");
    }

    private List<String> launched() {
        return aws.ask("for t in client('ec2').describe_launch_templates()['LaunchTemplates']:\n"
                        + "  for v in client('ec2').describe_launch_template_versions(LaunchTemplateId=t['LaunchTemplateId'],"
                        + " Versions=['$Latest'])['LaunchTemplateVersions']: print(v['LaunchTemplateData']['ImageId'])")
                .lines()
                .toList();
    }

    /** moto replaces no group, so that its instance stays as it was. */
    private void endInstances() {
        aws.ask("for g in client('autoscaling').describe_auto_scaling_groups()['AutoScalingGroups']:"
                + " client('autoscaling').update_auto_scaling_group(AutoScalingGroupName=g['AutoScalingGroupName'],"
                + " MinSize=0, DesiredCapacity=0)");
    }

    @Test
    void whatIsWrittenWronglyIsRefused() {
        Operator operator = new Operator();

        assertThat(operator.ends(64, "ami").err()).contains("ACTION");
        assertThat(operator.ends(64, "ami", "bild").err()).contains("expected is one of build, list, prune");
        assertThat(operator.ends(64, "ami", "list", "--keep", "1").err()).contains("for prune only");
        assertThat(operator.ends(64, "ami", "prune", "--keep", "-1").err()).contains("--keep");
        assertThat(operator.ends(64, "plan", "--upgrade-image").err()).contains("upkeep ami build makes a newer one");
        assertThat(operator.proxy.changes()).isEmpty();
    }

    @Test
    void aBuildKilledAfterAnyOfItsCallsIsFinishedByTheNext() throws InterruptedException, IOException {
        Operator undisturbed = new Operator();
        undisturbed.ends(0, "ami", "build");
        List<Point> points = undisturbed.proxy.changes().stream()
                .filter(change -> !change.startsWith("image "))
                .map(change -> new Point(change.replace(undisturbed.stack, "STACK"), Side.AFTER))
                .toList();
        assertThat(points).hasSizeGreaterThanOrEqualTo(12).doesNotHaveDuplicates();

        Map<Point, String> stacks = atEach(points);

        JsonNode found = inventory();
        String right = found.path("stacks").path(undisturbed.stack).toPrettyString();
        SoftAssertions all = new SoftAssertions();
        stacks.forEach((point, stack) -> all.assertThat(
                        found.path("stacks").path(stack).toPrettyString())
                .as("%s", point)
                .isEqualTo(right));
        all.assertThat(found.path("networks").asInt()).isZero();
        all.assertAll();
    }

    private Map<Point, String> atEach(List<Point> points) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Map<Point, Future<String>> stories = new LinkedHashMap<>();
            points.forEach(point -> stories.put(point, threads.submit(() -> killedAndFinished(point))));
            Map<Point, String> stacks = new LinkedHashMap<>();
            for (Map.Entry<Point, Future<String>> each : stories.entrySet()) {
                stacks.put(each.getKey(), each.getValue().get());
            }
            return stacks;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private String killedAndFinished(Point point) {
        Operator operator = new Operator();
        operator.proxy.kill(
                new Point(point.change().replace("STACK", operator.stack), point.side()),
                operator.upkeep("ami", "build"));
        operator.ends(0, "ami", "build");
        return operator.stack;
    }

    @Test
    void whatAKilledBuildHasLeftIsSweptByAPrune() throws IOException {
        Operator operator = new Operator();
        operator.proxy.kill(new Point("CreateImage 1", Side.AFTER), operator.upkeep("ami", "build"));

        assertThat(operator.ends(0, "ami", "prune", "--yes").out())
                .contains("stack " + operator.stack + "-image, in which an image was to be made", "unproven");

        JsonNode stack = inventory().path("stacks").path(operator.stack);
        assertThat(stack.path("images")).isEmpty();
        assertThat(stack.path("snapshots")).isEmpty();
        assertThat(stack.path("instances")).isEmpty();
        assertThat(stack.path("stacks").toString()).isEqualTo("[\"S-base CREATE_COMPLETE\"]");
    }
}
