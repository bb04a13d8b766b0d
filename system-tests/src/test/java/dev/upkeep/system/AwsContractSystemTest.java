package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.Platform;
import dev.upkeep.infra.PlatformContract;
import dev.upkeep.infra.aws.AwsPlatform;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.ImageSettings;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import dev.upkeep.infra.time.Polling;
import dev.upkeep.infra.time.Sleeper;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * AWS does what every platform promises, as far as ministack goes. The group of a stack gets its instances there only by a call of its own, so this test
 * makes it, and registers them, when users are looked for: CloudFormation would have waited for both before. No instance runs, so what {@link
 * dev.upkeep.infra.RunningPlatformContract} promises of logs is not shown; and what it promises of events no process but the one at work can keep on AWS:
 * CloudFormation has its own only.
 */
class AwsContractSystemTest extends PlatformContract {

    private static final List<String> SETTINGS = List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.endpointUrl");
    private static final String REGION = "eu-west-1";

    private static final String START_INSTANCES = """
            scaling, balancing = client('autoscaling'), client('elbv2')
            for group in scaling.describe_auto_scaling_groups()['AutoScalingGroups']:
                scaling.set_desired_capacity(AutoScalingGroupName=group['AutoScalingGroupName'], DesiredCapacity=group['DesiredCapacity'])
            started = [dict(Id=i['InstanceId']) for g in scaling.describe_auto_scaling_groups()['AutoScalingGroups'] for i in g['Instances']]
            for targets in balancing.describe_target_groups()['TargetGroups']:
                balancing.register_targets(TargetGroupArn=targets['TargetGroupArn'], Targets=started)
            """;

    private static final String LEFT = """
            print([name for name in [s['StackName'] for s in client('cloudformation').describe_stacks()['Stacks']]
                + [p['Name'] for p in client('ssm').describe_parameters()['Parameters']] if '%s' in name])
            """;

    private static Peers peers;
    private static AwsEmulator aws;

    private volatile boolean isHeldUp;

    /** The SDK's own names for its settings as properties of the JVM. */
    @BeforeAll
    static void startEmulator() {
        peers = new Peers();
        aws = peers.closing(AwsEmulator.ministack(peers.folder("aws")));
        System.setProperty("aws.accessKeyId", "123456789012");
        System.setProperty("aws.secretAccessKey", "not-a-key");
        System.setProperty("aws.endpointUrl", aws.endpoint());
    }

    @AfterAll
    static void stopEmulator() {
        SETTINGS.forEach(System::clearProperty);
        peers.close();
    }

    @Override
    protected Platform open() {
        Polling polling = new Polling(InstantSource.system(), Sleeper.real()).every(Duration.ofMillis(100));
        AwsPlatform.Ports ports = new AwsPlatform.Ports(AwsContractSystemTest::publish, this::missing, polling);
        return AwsPlatform.in(Optional.of(REGION), ports, InstantSource.system());
    }

    private static SortedMap<String, ImageReference> publish(StackSpec spec, Reporter report) {
        SortedMap<String, ImageReference> images = new TreeMap<>();
        for (String name : StackImages.names(spec)) {
            images.put(name, StackImages.reference(spec, name).orElseThrow().withDigest("sha256:" + "0".repeat(64)));
        }
        return images;
    }

    private String missing(URI edge, String version) {
        aws.ask(START_INSTANCES);
        return isHeldUp ? "held up by the test" : "";
    }

    @Override
    protected StackSpecBuilder placed(StackSpecBuilder spec) {
        AwsSettings.Server known = new AwsSettings.Server(
                Optional.empty(),
                "ami-0123456789abcdef0",
                AwsSettings.Server.AMAZON_LINUX,
                AwsSettings.Server.SMALLEST_DISK,
                0,
                Optional.empty(),
                false);
        return spec.appBase("registry.example.org/java")
                .aws(AwsSettings.standard(Optional.of(REGION)).with(known))
                .images(new ImageSettings(
                        Optional.of("registry.example.org"),
                        ImageSettings.DEFAULT_NGINX,
                        ImageSettings.standard().platforms()));
    }

    @Override
    protected List<String> resources(StackStatus standing) {
        String name = standing.stack().text();
        return List.of("stack " + name, "release", "stack " + name + "-base");
    }

    @Override
    protected void holdUp() {
        isHeldUp = true;
    }

    @Override
    protected void goOn() {
        isHeldUp = false;
    }

    @Override
    protected void assertNothingIsLeft() {
        assertThat(aws.ask(LEFT.formatted(stack))).isEqualTo("[]");
    }
}
