package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A single server on AWS, on moto: ministack has no Elastic IPs. moto lists an instance of the group, and runs none; nothing answers at the address,
 * so that what users get is answered by a server of this test. It cannot delete a network: what {@code destroy} does is in
 * {@link AwsPlatformSystemTest}. It does not resolve attributes in a list of outputs, so the zones are named here.
 */
@Timeout(300)
class SingleOnAwsSystemTest {

    /** moto keeps a policy of a template as Python writes it. */
    private static final String STATEMENTS = """
            import ast
            def statements(policy): return ast.literal_eval(policy['PolicyDocument'])['Statement']
            """;

    private final Peers peers = new Peers();
    private final Path home = peers.folder("home");
    private final AwsEmulator aws = peers.closing(AwsEmulator.mendedMoto(peers.folder("aws")));
    private final DockerRegistry registry = peers.closing(DockerRegistry.open(peers.folder("registry")));
    private final ScriptedServer edge = peers.closing(ScriptedServer.start(Behaviour.version("1.0.6")));

    @BeforeEach
    void describe() throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("site")).resolve("index.html"), "hello");
        describe("t3.micro");
    }

    private void describe(String type) throws IOException {
        describeServer("type: " + type);
    }

    private void describeServer(String settings) throws IOException {
        Files.writeString(home.resolve("upkeep.yaml"), """
                stack: shop
                platform: aws
                region: eu-west-1
                shape: single
                version: 1.0.6
                site: ./site
                images: { registry: "%s", nginx: scratch }
                aws: { zones: [eu-west-1a, eu-west-1b], %s }
                check: { url: "http://127.0.0.1:%d/version.txt" }
                """.formatted(
                        registry.address(), settings, edge.address().getPort()));
    }

    @AfterEach
    void close() {
        peers.close();
    }

    private Ended upkeep(int code, String... words) {
        return Upkeep.in(home, words)
                .with("XDG_CACHE_HOME", home.resolve("cache").toString())
                .with("AWS_ENDPOINT_URL", aws.endpoint())
                .with("AWS_ACCESS_KEY_ID", "somebody")
                .with("AWS_SECRET_ACCESS_KEY", "secret")
                .run()
                .with(code);
    }

    /** What boto3 finds, in one line each. */
    private List<String> found(String expression) {
        return aws.ask(STATEMENTS + "for line in " + expression + ": print(line)")
                .lines()
                .toList();
    }

    private List<String> addresses() {
        return found("[a['PublicIp'] for a in client('ec2').describe_addresses()['Addresses']]");
    }

    private List<String> types() {
        return found("[v['LaunchTemplateData']['InstanceType']"
                + " for t in client('ec2').describe_launch_templates()['LaunchTemplates']"
                + " for v in client('ec2').describe_launch_template_versions("
                + "LaunchTemplateId=t['LaunchTemplateId'], Versions=['$Latest'])['LaunchTemplateVersions']]");
    }

    @Test
    void aSingleServerHasOneInstanceAndAnAddressAndNoLoadBalancer() {
        assertThat(upkeep(2, "plan").out())
                .contains("stack shop: 18 changes", "+  Address ", "+  Group ", "costs about 12.67 USD a month more")
                .doesNotContain("Balancer");
        assertThat(addresses()).isEmpty();

        Ended applied = upkeep(0, "apply", "--yes");

        assertThat(applied.err()).contains("shop: create complete", "edge: serves 1.0.6");
        assertThat(addresses()).hasSize(1);
        String address = addresses().get(0);
        assertThat(applied.out()).contains("stack shop: running at http://" + address);
        List<String> instance = found("[i['InstanceId'] for g in"
                + " client('autoscaling').describe_auto_scaling_groups()['AutoScalingGroups']"
                + " if (g['MinSize'], g['MaxSize'], g['DesiredCapacity'], g['HealthCheckType']) == (1, 1, 1, 'EC2')"
                + " for i in g['Instances']]");
        assertThat(instance).hasSize(1);
        assertThat(found("client('elbv2').describe_load_balancers()['LoadBalancers']"))
                .isEmpty();
        // Nobody looks whether the instance is healthy: there is no load balancer that would.
        assertThat(upkeep(3, "status").out())
                .contains("stack shop: running at http://" + address, instance.get(0) + "  unknown  1.0.6");
        assertThat(upkeep(0, "outputs", "address").out()).isEqualToIgnoringNewLines(address);
        assertThat(upkeep(0, "check").out()).contains("the edge serves 1.0.6");
    }

    @Test
    void theInstanceIsOpenToUsersOnlyAndMayTakeItsOwnAddressOnly() {
        upkeep(0, "apply", "--yes");

        assertThat(found("[(r['FromPort'], r['ToPort'], [s['CidrIp'] for s in r['IpRanges']])"
                        + " for g in client('ec2').describe_security_groups()['SecurityGroups']"
                        + " if g['GroupName'] != 'default' for r in g['IpPermissions']]"))
                .containsExactlyInAnyOrder("(80, 80, ['0.0.0.0/0'])", "(443, 443, ['0.0.0.0/0'])");
        assertThat(found("[(d['MetadataOptions']['HttpTokens'], d['MetadataOptions']['HttpPutResponseHopLimit'])"
                        + " for t in client('ec2').describe_launch_templates()['LaunchTemplates']"
                        + " for v in client('ec2').describe_launch_template_versions("
                        + "LaunchTemplateId=t['LaunchTemplateId'])['LaunchTemplateVersions']"
                        + " for d in [v['LaunchTemplateData']]]"))
                .containsExactly("('required', 1)");
        // moto keeps no tags of an address: that it has this one, the linted template says.
        assertThat(found("[(key, value) for r in client('iam').list_roles()['Roles']"
                        + " for p in client('iam').list_role_policies(RoleName=r['RoleName'])['PolicyNames']"
                        + " for s in statements(client('iam').get_role_policy(RoleName=r['RoleName'], PolicyName=p))"
                        + " if 'ec2:AssociateAddress' in s['Action']"
                        + " for key, value in s['Condition']['StringEquals'].items()]"))
                .containsExactly("('aws:ResourceTag/upkeep:stack', 'shop')");
    }

    @Test
    void aSecondApplyChangesNothingAndAnotherTypeIsAnotherTemplate() throws IOException {
        upkeep(0, "apply", "--yes");
        List<String> addresses = addresses();

        assertThat(upkeep(0, "apply", "--yes").err()).contains("nothing to change", "edge: serves 1.0.6");
        upkeep(0, "plan");
        assertThat(addresses()).isEqualTo(addresses);
        assertThat(found("[c['ChangeSetName'] for s in ('shop', 'shop-base') for c in"
                        + " client('cloudformation').list_change_sets(StackName=s)['Summaries']"
                        + " if c['ExecutionStatus'] != 'EXECUTE_COMPLETE']"))
                .isEmpty();
        assertThat(types()).containsExactly("t3.micro");

        describe("t3.small");
        upkeep(0, "apply", "--yes");
        assertThat(types()).containsExactly("t3.small");
        assertThat(addresses()).isEqualTo(addresses);
    }

    private String allocated() {
        return aws.ask("print(client('ec2').allocate_address(Domain='vpc')['AllocationId'])")
                .strip();
    }

    private String ipOf(String allocation) {
        return found("[a['PublicIp'] for a in client('ec2').describe_addresses(AllocationIds=['" + allocation
                        + "'])['Addresses']]")
                .get(0);
    }

    @Test
    void anAddressThatIsBroughtAlongIsUsedAndNeitherMadeNorReleased() throws IOException {
        String allocation = allocated();
        String address = ipOf(allocation);
        describeServer("address: " + allocation);

        assertThat(upkeep(2, "plan").out())
                .contains("stack shop: 17 changes", "users come to the address " + allocation + " (" + address + ")")
                .doesNotContain("+  Address ");
        Ended applied = upkeep(0, "apply", "--yes");

        assertThat(applied.out()).contains("stack shop: running at http://" + address);
        assertThat(addresses()).containsExactly(address);
        assertThat(upkeep(0, "outputs", "address").out()).isEqualToIgnoringNewLines(address);
        assertThat(upkeep(0, "outputs", "allocation").out()).isEqualToIgnoringNewLines(allocation);
        assertThat(found("[r['ResourceType'] for r in client('cloudformation').list_stack_resources(StackName='shop')"
                        + "['StackResourceSummaries'] if 'EIP' in r['ResourceType']]"))
                .isEmpty();
        assertThat(upkeep(0, "plan").out()).doesNotContain("another address");
        assertThat(upkeep(2, "destroy", "--dry-run").out())
                .contains("but for what was brought along and is kept: address " + address + " (" + allocation + ")");
    }

    @Test
    void anAddressThatSomethingElseHasIsNotTakenFromIt() throws IOException {
        String allocation = allocated();
        String instance = aws.ask("""
                        ec2 = client('ec2')
                        image = ec2.describe_images()['Images'][0]['ImageId']
                        made = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1)['Instances'][0]['InstanceId']
                        ec2.associate_address(AllocationId='%s', InstanceId=made)
                        print(made)
                        """.formatted(allocation)).strip();
        describeServer("address: " + allocation);

        assertThat(upkeep(2, "plan").out())
                .contains("an apply will refuse this: ", "is associated with the instance " + instance);
        assertThat(upkeep(1, "apply", "--yes").err()).contains("is associated with the instance " + instance);
        assertThat(upkeep(1, "doctor").out()).contains("is associated with the instance " + instance);
        assertThat(found("[s['StackName'] for s in client('cloudformation').describe_stacks()['Stacks']"
                        + " if s['StackStatus'] != 'REVIEW_IN_PROGRESS']"))
                .isEmpty();

        describeServer("address: eipalloc-0123456789abcdef0");
        assertThat(upkeep(1, "plan").err())
                .contains("this account has no eipalloc-0123456789abcdef0 in eu-west-1; name one that aws ec2"
                        + " describe-addresses --region eu-west-1 shows");
    }

    @Test
    void aStackThatStandsChangesToAnAddressThatIsBroughtAlongAndBack() throws IOException {
        upkeep(0, "apply", "--yes");
        String own = addresses().get(0);
        String allocation = allocated();
        describeServer("type: t3.micro, address: " + allocation);

        assertThat(upkeep(2, "plan").out())
                .contains(
                        "-  Address ",
                        "users get another address, " + ipOf(allocation) + " in the place of " + own
                                + ", which is released");
        // moto forgets to release the one that is removed.
        assertThat(upkeep(0, "apply", "--yes").out()).contains("running at http://" + ipOf(allocation));
        assertThat(upkeep(0, "outputs", "address").out()).isEqualToIgnoringNewLines(ipOf(allocation));

        describe("t3.micro");
        assertThat(upkeep(2, "plan").out()).contains("+  Address ", "which is not released");
        assertThat(upkeep(0, "apply", "--yes").out()).doesNotContain("running at http://" + ipOf(allocation));
        assertThat(addresses()).contains(ipOf(allocation));
    }
}
