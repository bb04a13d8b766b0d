package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.system.KillingProxy.Point;
import dev.upkeep.system.KillingProxy.Side;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Running;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The command's own process is ended by SIGKILL at calls that change something on AWS or in the registry: before the call arrives, and after it is done
 * but not answered. The same command, run once more, must end well, and what stands then must be what stands where nobody was killed.
 *
 * <p>ministack keeps what it holds apart by account, so that every point begins with nothing. What users get is answered by a server of this test. On AWS
 * all change sets of a stack that does not stand yet belong to one stub; ministack makes another stub for each. So only change sets of the stack that
 * stands count as left.
 */
@Timeout(600)
class AwsKilledSystemTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 3;
    private static final long ACCOUNTS = 100_000_000_000L;

    /** What stands in an account, without what differs from one account to the other. */
    private static final String INVENTORY = """
            import hashlib, json, urllib.request
            def stack(s, c):
                name = s['StackName']
                return dict(
                    status=s['StackStatus'], protected=s['EnableTerminationProtection'], tags=s['Tags'],
                    outputs=sorted(o['OutputKey'] for o in s.get('Outputs', [])),
                    template=hashlib.sha256(str(c.get_template(StackName=name)['TemplateBody']).encode()).hexdigest(),
                    resources=sorted(' '.join((r['LogicalResourceId'], r['ResourceType'], r['ResourceStatus']))
                        for r in c.list_stack_resources(StackName=name)['StackResourceSummaries']),
                    left=[x['Status'] for x in c.list_change_sets(StackName=name)['Summaries']
                        if x['StackId'] == s['StackId'] and x['ExecutionStatus'] != 'EXECUTE_COMPLETE'])
            def images(prefix):
                def get(path, **headers):
                    return urllib.request.urlopen(urllib.request.Request('http://%s/v2/' + path, headers=headers))
                named = [r for r in json.load(get('_catalog?n=1000'))['repositories'] if r.startswith(prefix + '/')]
                manifest = 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json'
                return {r + ':' + tag: get(r + '/manifests/' + tag, Accept=manifest).headers['Docker-Content-Digest']
                    for r in named for tag in json.load(get(r + '/tags/list'))['tags'] or []}
            def inventory(account):
                def c(name): return client(name, account)
                cf, ec2 = c('cloudformation'), c('ec2')
                return dict(
                    stacks={s['StackName']: stack(s, cf) for s in cf.describe_stacks()['Stacks']},
                    parameters={p['Name']: c('ssm').get_parameter(Name=p['Name'])['Parameter']['Value']
                        for p in c('ssm').describe_parameters()['Parameters']},
                    repositories=sorted(r['repositoryName'] for r in c('ecr').describe_repositories()['repositories']),
                    logs=sorted(g['logGroupName'] for g in c('logs').describe_log_groups()['logGroups']),
                    count=dict(
                        networks=len([v for v in ec2.describe_vpcs()['Vpcs'] if not v.get('IsDefault')]),
                        templates=len(ec2.describe_launch_templates()['LaunchTemplates']),
                        roles=len(c('iam').list_roles()['Roles']),
                        alarms=len(c('cloudwatch').describe_alarms()['MetricAlarms']),
                        balancers=len(c('elbv2').describe_load_balancers()['LoadBalancers']),
                        targets=len(c('elbv2').describe_target_groups()['TargetGroups']),
                        groups=[(g['MinSize'], g['MaxSize'], g['DesiredCapacity'])
                            for g in c('autoscaling').describe_auto_scaling_groups()['AutoScalingGroups']]),
                    images=images('s' + account))
            print(json.dumps({account: inventory(account) for account in '%s'.split()}))
            """;

    private final Peers peers = new Peers();
    private final AwsEmulator aws = peers.closing(AwsEmulator.ministack(peers.folder("aws")));
    private final DockerRegistry registry = peers.closing(DockerRegistry.open(peers.folder("registry")));
    private final ScriptedServer edge = peers.closing(ScriptedServer.start(Behaviour.version("1.0.6")));
    private final Path folder = peers.folder("homes");
    private final Map<String, KillingProxy> proxies = new ConcurrentSkipListMap<>();
    private final AtomicInteger homes = new AtomicInteger();

    @AfterEach
    void close() {
        proxies.values().forEach(KillingProxy::close);
        peers.close();
    }

    /** A user of an account of their own, which is empty at first; all of their calls go through a proxy. */
    private final class Operator {
        private final String account = "%012d".formatted(ACCOUNTS + homes.incrementAndGet());
        private final Path home = home(account);
        private final KillingProxy proxy = new KillingProxy(aws, registry);

        Operator() {
            proxies.put(account, proxy);
            try {
                Files.writeString(Files.createDirectory(home.resolve("site")).resolve("index.html"), "hello");
                Files.writeString(home.resolve("upkeep.yaml"), """
                        stack: shop
                        platform: aws
                        region: eu-west-1
                        shape: highly-available
                        version: 1.0.6
                        site: ./site
                        images: { registry: "%s/s%s", nginx: scratch }
                        aws: { image: ami-0123456789abcdef0 }
                        check: { url: "http://127.0.0.1:%d/version.txt" }
                        """.formatted(
                                proxy.address(), account, edge.address().getPort()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Program upkeep(String... words) {
            return Upkeep.in(home, words)
                    .with("XDG_CACHE_HOME", home.resolve("cache").toString())
                    .with("AWS_ENDPOINT_URL", proxy.endpoint())
                    .with("AWS_ACCESS_KEY_ID", account)
                    .with("AWS_SECRET_ACCESS_KEY", "secret");
        }

        String succeed(String... words) {
            try (Running process = upkeep(words).start()) {
                return process.end(PATIENCE).with(0).out();
            }
        }

        void killed(Point point, String... words) {
            proxy.kill(point, upkeep(words));
        }
    }

    private Path home(String account) {
        try {
            return Files.createDirectory(folder.resolve(account));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an independent client finds in each account. */
    private Map<String, JsonNode> inventories() throws IOException {
        String found = aws.ask(INVENTORY.formatted(registry.address(), String.join(" ", proxies.keySet())));
        JsonNode all = new ObjectMapper().readTree(found);
        Map<String, JsonNode> each = new TreeMap<>();
        for (Map.Entry<String, KillingProxy> at : proxies.entrySet()) {
            String text = all.path(at.getKey())
                    .toString()
                    .replace(at.getValue().address(), "REGISTRY")
                    .replace(at.getKey(), "ACCOUNT");
            each.put(at.getKey(), new ObjectMapper().readTree(text));
        }
        return each;
    }

    /** At all calls to AWS, and at some of the uploads in between, until there are so many. */
    private static List<Point> points(List<String> changes, int count) {
        List<Point> points = new ArrayList<>();
        for (Side side : Side.values()) {
            changes.stream().filter(change -> !isUpload(change)).forEach(change -> points.add(new Point(change, side)));
        }
        List<String> uploads =
                changes.stream().filter(AwsKilledSystemTest::isUpload).toList();
        int rest = count - points.size();
        for (int number = 0; number < rest; number++) {
            Side side = number % 2 == 0 ? Side.BEFORE : Side.AFTER;
            points.add(new Point(uploads.get(number * (uploads.size() - 1) / (rest - 1)), side));
        }
        return points;
    }

    private static boolean isUpload(String change) {
        return change.startsWith("image ");
    }

    /** Lives through a story at every point, some of them at once, and finds the account of each. */
    private static Map<Point, String> atEach(List<Point> points, Function<Point, Operator> story)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Map<Point, Future<Operator>> stories = new LinkedHashMap<>();
            points.forEach(point -> stories.put(point, threads.submit(() -> story.apply(point))));
            Map<Point, String> accounts = new LinkedHashMap<>();
            for (Map.Entry<Point, Future<Operator>> each : stories.entrySet()) {
                accounts.put(each.getKey(), each.getValue().get().account);
            }
            return accounts;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anApplyKilledAtAnyOfTwentyPointsIsFinishedByTheNext() throws InterruptedException, IOException {
        Operator undisturbed = new Operator();
        undisturbed.succeed("apply", "--yes");
        List<Point> points = points(undisturbed.proxy.changes(), 20);
        assertThat(points).hasSize(20).doesNotHaveDuplicates();

        Map<Point, String> accounts = atEach(points, point -> {
            Operator operator = new Operator();
            operator.killed(point, "apply", "--yes");
            assertThat(operator.succeed("apply", "--yes"))
                    .as("%s", point)
                    .contains("stack shop: down", "has 0 of 2 instances");
            return operator;
        });

        assertAllAre(undisturbed, accounts);
    }

    @Test
    void aDestroyKilledAfterAnyOfItsCallsIsFinishedByTheNext() throws InterruptedException, IOException {
        Operator undisturbed = new Operator();
        String nothing = withoutImages(inventories().get(undisturbed.account));
        undisturbed.succeed("apply", "--yes");
        int before = undisturbed.proxy.changes().size();
        undisturbed.succeed("destroy", "--yes");
        List<Point> points = undisturbed.proxy.changes().stream()
                .skip(before)
                .map(change -> new Point(change.replaceFirst("\\d+$", "1"), Side.AFTER))
                .toList();
        assertThat(points).hasSizeGreaterThan(5);

        Map<Point, String> accounts = atEach(points, point -> {
            Operator operator = new Operator();
            operator.succeed("apply", "--yes");
            operator.killed(point, "destroy", "--yes");
            assertThat(operator.succeed("destroy", "--yes")).as("%s", point).contains("stack shop: absent");
            return operator;
        });

        Map<String, JsonNode> inventories = inventories();
        SoftAssertions all = new SoftAssertions();
        accounts.forEach((point, account) -> all.assertThat(withoutImages(inventories.get(account)))
                .as("%s", point)
                .isEqualTo(nothing));
        all.assertAll();
    }

    @Test
    void anAdoptionKilledAtAnyOfItsCallsIsFinishedByTheNext() throws InterruptedException, IOException {
        Operator undisturbed = withLogs();
        undisturbed.succeed("adopt", "--yes");
        List<Point> points = points(undisturbed.proxy.changes(), 0);
        assertThat(points).hasSizeGreaterThan(5);

        Map<Point, String> accounts = atEach(points, point -> {
            Operator operator = withLogs();
            operator.killed(point, "adopt", "--yes");
            operator.succeed("adopt", "--yes");
            return operator;
        });

        assertAllAre(undisturbed, accounts);
    }

    private void assertAllAre(Operator undisturbed, Map<Point, String> accounts) throws IOException {
        Map<String, JsonNode> inventories = inventories();
        SoftAssertions all = new SoftAssertions();
        accounts.forEach(
                (point, account) -> all.assertThat(inventories.get(account).toPrettyString())
                        .as("%s", point)
                        .isEqualTo(inventories.get(undisturbed.account).toPrettyString()));
        all.assertAll();
    }

    /** Of a stack that is gone, or made by hand. */
    private Operator withLogs() {
        Operator operator = new Operator();
        aws.ask("client('logs', '%s').create_log_group(logGroupName='/upkeep/shop')".formatted(operator.account));
        return operator;
    }

    /** The registry is not one of the account, and keeps what it has. */
    private static String withoutImages(JsonNode inventory) {
        return ((ObjectNode) inventory).without("images").toPrettyString();
    }

    /** The one who waits learns only that it is over, and not how: it has to look itself, and to do what is missing. */
    @Test
    void whoeverWaitsForAnApplyThatIsKilledFinishesIt() throws IOException {
        Operator operator = new Operator();
        Point point = new Point("UpdateTerminationProtection shop 1", Side.BEFORE);
        try (Running killed = operator.proxy.start(point, operator.upkeep("apply", "--yes"))) {
            killed.awaitText("Logs: create complete").signal("STOP");
            try (Running waiting = operator.upkeep("apply", "--yes").start()) {
                waiting.awaitText("is being changed: apply by ");
                killed.signal("CONT").end(PATIENCE).with(137);
                assertThat(waiting.end(PATIENCE).with(0).err()).contains("nothing to change", "edge: serves 1.0.6");
            }
        }

        JsonNode found = inventories().get(operator.account);
        assertThat(found.at("/stacks/shop/protected").asBoolean()).isTrue();
        assertThat(found.path("parameters").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("/upkeep/shop/release");
    }
}
