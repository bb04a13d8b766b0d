package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.infra.dns.ScriptedDns;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stack on AWS as far as an emulator goes: ministack forms stacks and keeps parameters, but starts no instance and forwards no request. The
 * registry is a real one; what users get is answered by a server of this test. What stands is asked of the services by boto3.
 */
@Timeout(300)
class AwsPlatformSystemTest {

    private static final String SECRET = "wJalrXUtnFEMI-not-a-key";
    private static final String OF_THE_ACCOUNT = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    private final Peers peers = new Peers();
    private final Path home = peers.folder("home");
    private final AwsEmulator aws = peers.closing(AwsEmulator.ministack(peers.folder("aws")));
    private final DockerRegistry registry = peers.closing(DockerRegistry.open(peers.folder("registry")));
    private final ScriptedServer edge = peers.closing(ScriptedServer.start(Behaviour.version("1.0.6")));

    @BeforeEach
    void makeSite() throws IOException {
        Files.createDirectories(home.resolve("site"));
        Files.writeString(home.resolve("site/index.html"), "hello");
        describe("1.0.6", "t3.micro");
    }

    @AfterEach
    void close() {
        peers.close();
    }

    private void describe(String version, String type) throws IOException {
        Files.writeString(home.resolve("upkeep.yaml"), """
                stack: shop
                platform: aws
                region: eu-west-1
                shape: highly-available
                version: %s
                site: ./site
                images: { registry: "%s", nginx: scratch }
                aws: { image: ami-0123456789abcdef0, type: %s }
                check: { url: "http://127.0.0.1:%d/version.txt" }
                """.formatted(
                        version, registry.address(), type, edge.address().getPort()));
    }

    /** The registry of the account, as if the file named none: there is nobody behind its name. */
    private void takeRegistryOfTheAccount() throws IOException {
        Path file = home.resolve("upkeep.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("registry: \"" + registry.address() + "\"", "registry: \"" + OF_THE_ACCOUNT + "\""));
    }

    /** As a pipeline does it: nobody can be asked, so that an apply says beforehand that it is meant. */
    private Program upkeep(String... words) {
        Program program = unanswered(words);
        return words[0].equals("apply") ? program.and("--yes") : program;
    }

    private Program unanswered(String... words) {
        return Upkeep.in(home, words)
                .with("XDG_CACHE_HOME", home.resolve("cache").toString())
                .with("AWS_ENDPOINT_URL", aws.endpoint())
                .with("AWS_ACCESS_KEY_ID", "123456789012")
                .with("AWS_SECRET_ACCESS_KEY", SECRET);
    }

    /** What boto3 finds, in one line each. */
    private List<String> found(String expression) {
        return aws.ask("for line in " + expression + ": print(line)").lines().toList();
    }

    private List<String> stacks() {
        return found(
                "sorted(s['StackName'] + ' ' + s['StackStatus'] for s in client('cloudformation').describe_stacks()['Stacks'])");
    }

    private List<String> changeSets() {
        return found("[c['ChangeSetName'] for c in"
                + " client('cloudformation').list_change_sets(StackName='shop')['Summaries']"
                + " if c['ExecutionStatus'] == 'AVAILABLE']");
    }

    private JsonNode release() throws IOException {
        return new ObjectMapper()
                .readTree(found("[client('ssm').get_parameter(Name='/upkeep/shop/release')['Parameter']['Value']]")
                        .get(0));
    }

    @Test
    void aPlanShowsEverythingAndLeavesNothingBehind() {
        Ended plan = upkeep("plan").run().with(2);

        assertThat(plan.out())
                .contains("stack shop: 24 changes", "Vpc ", "Balancer ", "release ", "version 1.0.6")
                .contains("costs about 51.05 USD a month more");
        assertThat(stacks()).isEmpty();

        Ended graph = upkeep("plan", "--graph", "dot").run().with(2);
        assertThat(graph.err()).contains("stack shop: 24 changes", "costs about 51.05 USD a month more");
        assertThat(graph.out())
                .startsWith("digraph plan {")
                .contains("24 create.")
                .doesNotContain("unchanged");
        assertThat(stacks()).isEmpty();

        assertThat(upkeep("plan", "--out", "nowhere/change.plan").run().with(1).err())
                .contains("there is no folder " + home.resolve("nowhere") + "; make it first");
        assertThat(stacks()).isEmpty();
    }

    @Test
    void anApplyMakesBothStacksAndTheReleaseAndASecondOneChangesNothing() throws IOException {
        Ended first = upkeep("apply").run().with(0);

        assertThat(first.err()).contains("Group: create complete", "edge: serves 1.0.6");
        assertThat(first.out() + first.err()).doesNotContain(SECRET);
        assertThat(stacks()).containsExactly("shop CREATE_COMPLETE", "shop-base CREATE_COMPLETE");
        assertThat(release().path("version").asText()).isEqualTo("1.0.6");
        String web = release().path("web").asText();
        assertThat(web).startsWith(registry.address() + "/shop/web:1.0.6@sha256:");
        assertThat(Command.run(
                                "skopeo",
                                "inspect",
                                "--tls-verify=false",
                                "--format",
                                "{{.Digest}}",
                                "docker://" + registry.address() + "/shop/web:1.0.6")
                        .orFail()
                        .output()
                        .strip())
                .isEqualTo(web.substring(web.indexOf("sha256:")));
        assertThat(heldUserData()).isEqualTo(renderedUserData());

        assertThat(upkeep("apply").run().with(0).err()).contains("nothing to change", "edge: serves 1.0.6");
        upkeep("plan").run().with(0);
        // The emulator starts no instances of a group: that users are served all the same is for a check to be told.
        assertThat(upkeep("status").run().with(2).out())
                .contains("stack shop: down at http://", "has 0 of 2 instances");
        assertThat(upkeep("check").run().with(1).out())
                .contains("DEGRADED  stack shop: serves users, but missing-1, missing-2 are not in service");
    }

    /** What an instance of the group would be told. */
    private String heldUserData() {
        return String.join(
                "\n",
                found("[__import__('base64').b64decode(v['LaunchTemplateData']['UserData']).decode()"
                        + " for t in client('ec2').describe_launch_templates()['LaunchTemplates']"
                        + " for v in client('ec2').describe_launch_template_versions("
                        + "LaunchTemplateId=t['LaunchTemplateId'])['LaunchTemplateVersions']]"));
    }

    /** The same as BootSystemTest takes it from the template, to boot it. */
    private String renderedUserData() throws IOException {
        String targets = found(
                        "[g['TargetGroupArn'] for g in client('elbv2').describe_target_groups()['TargetGroups']]")
                .get(0);
        return AwsUserData.of(
                        home,
                        Files.readString(home.resolve("upkeep.yaml")),
                        Map.of("AWS::Region", "eu-west-1", "AWS::StackName", "shop", "Targets", targets))
                .strip();
    }

    @Test
    void whatHappenedIsToldLaterAndElsewhere() {
        assertThat(upkeep("events").run().with(1).err()).contains("nothing is known of any operation on stack shop");
        Ended apply = upkeep("apply").run().with(0);

        assertThat(apply.out()).containsPattern("url +http://\\S+\\s+Where users reach it");
        assertThat(upkeep("events").run().with(0).out())
                .contains("apply by CloudFormation since ", "  Group: create complete");
        assertThat(upkeep("why").run().with(0).out()).contains("apply by CloudFormation since ", " succeeded");
        edge.usually(Behaviour.version("1.0.5"));
        assertThat(upkeep("why").run().with(1).out())
                .contains(
                        "apply by CloudFormation since ",
                        " succeeded, but users do not get 1.0.6: it ",
                        "upkeep status");
        assertThat(upkeep("outputs", "url").run().with(0).out()).startsWith("http://");
        assertThat(upkeep("outputs").run().with(0).out().lines())
                .anyMatch(line -> line.contains("arn:aws:"))
                .allMatch(line -> line.length() <= 120 || line.contains("arn:aws:"));
        assertThat(upkeep("cancel", "--yes").run().with(0).err()).contains("nothing is changing stack shop");

        upkeep("destroy", "--yes").run().with(0);
        assertThat(upkeep("events").run().with(0).out())
                .contains("destroy by CloudFormation since ", "  Group: delete complete");
    }

    @Test
    void whereNobodyCanBeAskedNothingIsChangedUnlessSomebodySaidSo() throws IOException {
        String nobody = "nobody can be asked, because this is no terminal. Use --yes to go on without a question";
        Ended refused = unanswered("apply").run().with(1);
        assertThat(refused.err()).contains("stack shop: 24 changes", "error: nothing was changed: " + nobody);
        assertThat(stacks()).isEmpty();

        Ended saving = upkeep("plan", "--out", "change.plan").run().with(2);
        assertThat(saving.out())
                .containsPattern(
                        "saved as change.plan, to be applied before \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\R");
        assertThat(unanswered("apply", "change.plan").run().with(1).err()).contains(nobody);
        upkeep("apply").run().with(0);

        assertThat(unanswered("destroy").run().with(1).err()).contains("stack shop was not removed: " + nobody);
        assertThat(stacks()).contains("shop CREATE_COMPLETE", "shop-base CREATE_COMPLETE");
        assertThat(unanswered("apply").run().with(0).err())
                .as("nothing is changed, so that nobody need be asked")
                .contains("nothing to change");
    }

    @Test
    void otherInstancesAreANewGroupAndAnotherVersionIsRefused() throws IOException {
        upkeep("apply").run().with(0);
        describe("1.0.6", "t3.small");

        assertThat(upkeep("plan").run().with(2).out())
                .containsPattern("~ +LaunchTemplate +update +instance type t3.micro -> t3.small ")
                .containsPattern("± +Group +replace")
                .contains("  replaced  Group: new instances serve before the old ones go; for about 6 min there are 4")
                .contains("  costs about 51.05 -> 67.69 USD a month, 16.64 more");
        describe("1.0.7", "t3.small");
        assertThat(upkeep("plan").run().with(2).out())
                .contains(
                        "an apply will refuse this: its instances run 1.0.6, and",
                        "write version: 1.0.6 into the file");
        assertThat(unanswered("apply").run().with(1).err())
                .as("nobody is asked about what is refused anyway")
                .contains("its instances run 1.0.6, and this version cannot bring standing instances");
        assertThat(changeSets()).isEmpty();
        describe("1.0.6", "t3.small");
        upkeep("apply").run().with(0);
        assertThat(found("[v['LaunchTemplateData']['InstanceType']"
                        + " for t in client('ec2').describe_launch_templates()['LaunchTemplates']"
                        + " for v in client('ec2').describe_launch_template_versions("
                        + "LaunchTemplateId=t['LaunchTemplateId'], Versions=['$Latest'])['LaunchTemplateVersions']]"))
                .containsExactly("t3.small");
    }

    /** In the way of an operator: each change is planned, applied, found on AWS, and then there is nothing more to do. */
    @Test
    void anotherImageAndMoreInstancesAndADomainReachAStandingStack() throws IOException {
        upkeep("apply").run().with(0);
        String before = Files.readString(home.resolve("upkeep.yaml"));
        Files.writeString(
                home.resolve("upkeep.yaml"),
                before.replace("ami-0123456789abcdef0", "ami-0fedcba9876543210") + "instances: 3\n");

        assertThat(upkeep("plan").run().with(2).out())
                .contains("image ami-0123456789abcdef0 -> ami-0fedcba9876543210")
                .containsPattern("± +Group +replace");
        upkeep("apply").run().with(0);
        assertThat(found("[(g['MinSize'], g['DesiredCapacity']) for g in client('autoscaling')"
                        + ".describe_auto_scaling_groups()['AutoScalingGroups']]"))
                .containsExactly("(2, 3)");
        assertThat(upkeep("plan").run().with(0).out()).contains("nothing to change");

        String plain = Files.readString(home.resolve("upkeep.yaml"));
        String options = reachable("example.org");
        Files.writeString(
                home.resolve("upkeep.yaml"), plain + "domain: { name: www.example.org, zone: example.org }\n");
        assertThat(upkeep("plan")
                        .with("JAVA_TOOL_OPTIONS", options)
                        .run()
                        .with(2)
                        .out())
                .containsPattern("\\+ +Certificate ")
                .containsPattern("\\+ +HttpsListener ")
                .containsPattern("~ +HttpListener +update");
        upkeep("apply").with("JAVA_TOOL_OPTIONS", options).run().with(0);
        assertThat(
                        found(
                                "[r['Name'] + ' ' + r['Type'] for z in client('route53').list_hosted_zones()['HostedZones']"
                                        + " for r in client('route53').list_resource_record_sets(HostedZoneId=z['Id'])['ResourceRecordSets']]"))
                .contains("www.example.org. A");
        assertThat(listeners()).containsExactlyInAnyOrder("80 redirect", "443 forward");
        assertThat(upkeep("plan").run().with(0).out()).contains("nothing to change");

        Files.writeString(home.resolve("upkeep.yaml"), plain);
        upkeep("apply").run().with(0);
        assertThat(listeners()).containsExactly("80 forward");
    }

    private List<String> listeners() {
        return found("[str(l['Port']) + ' ' + l['DefaultActions'][0]['Type']"
                + " for b in client('elbv2').describe_load_balancers()['LoadBalancers']"
                + " for l in client('elbv2').describe_listeners(LoadBalancerArn=b['LoadBalancerArn'])['Listeners']]");
    }

    /** Makes a hosted zone, and a DNS that leads to it; returns how the command finds that. */
    private String reachable(String zone) throws IOException {
        ScriptedDns dns = peers.closing(new ScriptedDns());
        List<String> hosted = hostedZone(dns, zone);
        dns.refers(
                ScriptedDns.ORG,
                zone,
                hosted.stream().map(server -> server + ".").toArray(String[]::new));
        return "-Ddns.server=" + ScriptedDns.RESOLVER + ":" + dns.port();
    }

    /** Its name servers, which answer. */
    private List<String> hostedZone(ScriptedDns dns, String zone) throws IOException {
        List<String> hosted = found("[name.rstrip('.') for name in client('route53').create_hosted_zone(" + "Name='"
                + zone + "', CallerReference='once')['DelegationSet']['NameServers']]");
        for (String server : hosted) {
            dns.answers(ScriptedDns.RESOLVER, server, "A", ScriptedDns.HOSTED);
        }
        return hosted;
    }

    /** The emulator compares log groups with their templates, and whether repositories are there; of networks and groups it says nothing. */
    @Test
    void whatSomebodyChangedByHandIsFoundWhenItIsLookedFor() throws IOException {
        upkeep("apply").run().with(0);
        // The version stands, so that nothing is pushed.
        takeRegistryOfTheAccount();
        upkeep("apply").run().with(0);
        assertThat(upkeep("plan", "--drift").run().with(0).out())
                .contains("stack shop: nothing to change", "  unchecked  ", "Group (AWS::Auto")
                .containsPattern("changed by hand: 0 of \\d+ resources that were compared, \\d+ unchecked")
                .doesNotContain("plan --drift");
        found("[client('logs').put_retention_policy(logGroupName='/upkeep/shop', retentionInDays=1)]");
        found("[client('ecr').delete_repository(repositoryName='shop/edge', force=True)]");

        Ended found = upkeep("plan", "--drift").run().with(2);

        assertThat(found.err()).contains("shop-base: CloudFormation compares it with what is there");
        assertThat(found.out())
                .contains("stack shop: nothing to change", "changed by hand: 2 of ")
                .contains("  modified  Logs: an apply leaves it as it was found")
                .contains("       days that logs are kept: expected 30, found 1")
                .contains("  deleted  EdgeRepository: an apply does not make it again");
        JsonNode json = new ObjectMapper()
                .readTree(upkeep("plan", "--drift", "--output", "json")
                        .run()
                        .with(2)
                        .out());
        assertThat(json.path("drift").path("resources").findValuesAsText("resource"))
                .containsExactlyInAnyOrder("Logs", "EdgeRepository");
        assertThat(changeSets()).isEmpty();
        upkeep("plan").run().with(0);
        assertThat(upkeep("plan", "--drift", "--destroy").run().with(64).err())
                .contains("--drift says nothing about --destroy");
    }

    private List<String> repositories() {
        return found("sorted(r['repositoryName'] for r in client('ecr').describe_repositories()['repositories'])");
    }

    @Test
    void repositoriesAreMadeForTheRegistryOfTheAccountOnlyAndAPlanSaysThatTheyGo() throws IOException {
        upkeep("apply").run().with(0);
        assertThat(repositories()).isEmpty();
        assertThat(upkeep("policy").run().with(0).out()).doesNotContain("ecr:");
        assertThat(upkeep("plan", "--graph", "dot").run().with(0).out()).doesNotContain("Repository");

        takeRegistryOfTheAccount();
        upkeep("apply").run().with(0);
        assertThat(repositories()).containsExactly("shop/edge", "shop/web");

        describe("1.0.6", "t3.micro");
        assertThat(upkeep("plan").run().with(2).out())
                .containsPattern("- +WebRepository +delete")
                .contains("WebRepository: the images in it are lost with it");
        upkeep("apply").run().with(0);
        assertThat(repositories()).isEmpty();
    }

    @Test
    void aSiteThatIsChangedUnderItsVersionIsNoted() throws IOException {
        upkeep("apply").run().with(0);
        assertThat(upkeep("plan").run().with(0).out()).doesNotContain("not shipped");

        Files.writeString(home.resolve("site/index.html"), "hullo");

        assertThat(upkeep("plan").run().with(0).out())
                .contains(
                        "not shipped: the site is not what version 1.0.6 was made of",
                        "cannot bring standing instances on AWS to another one yet");
    }

    private void describeApplication(String environment) throws IOException {
        describe("1.0.6", "t3.micro");
        Files.createDirectories(home.resolve("app"));
        Files.writeString(home.resolve("app/server"), "serve");
        Files.writeString(
                home.resolve("upkeep.yaml"),
                "app: { image: ./app, base: scratch, command: [/server], env: { " + environment + " },"
                        + " secrets: { PASSWORD: /shop/password, KEY: 'secretsmanager:shop/key' } }\n",
                StandardOpenOption.APPEND);
    }

    @Test
    void aReleaseHasTheEnvironmentOfItsApplicationAndStandingInstancesKeepTheirs() throws IOException {
        describeApplication("COLOR: '{{blue}}', SIZE: " + "x".repeat(4000));
        assertThat(upkeep("apply").run().with(78).err())
                .contains("upkeep.yaml:10:", "instances on AWS are told what to run in 4096 bytes");
        assertThat(stacks()).isEmpty();

        describeApplication("COLOR: '{{blue}}', SIZE: 10");
        upkeep("apply").run().with(0);
        assertThat(release().path("env")).hasToString("{\"COLOR\":\"{{blue}}\",\"SIZE\":\"10\"}");
        assertThat(release().path("secrets"))
                .hasToString("{\"KEY\":\"secretsmanager:shop/key\",\"PASSWORD\":\"/shop/password\"}");
        assertThat(found("[s['Resource'] for r in client('iam').list_roles()['Roles']"
                        + " for p in client('iam').list_role_policies(RoleName=r['RoleName'])['PolicyNames']"
                        + " for s in client('iam').get_role_policy(RoleName=r['RoleName'], PolicyName=p)"
                        + "['PolicyDocument']['Statement'] if 'OfTheApplication' in s['Sid']]"))
                .containsExactly(
                        "['arn:aws:ssm:eu-west-1:123456789012:parameter/shop/password']",
                        "['arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/key-??????']");
        assertThat(upkeep("apply").run().with(0).err()).contains("nothing to change");

        describeApplication("COLOR: red, SIZE: 10");
        assertThat(upkeep("plan").run().with(2).out())
                .containsPattern("~ +release +update +env COLOR \\{\\{blue}} -> red");
        assertThat(upkeep("apply").run().with(1).err())
                .contains(
                        "its instances run 1.0.6 with env COLOR {{blue}}, and this version cannot bring standing instances"
                                + " on AWS to another release yet; write env COLOR {{blue}} into the file, or destroy the stack and"
                                + " apply it anew");
        assertThat(release().path("env").path("COLOR").asText()).isEqualTo("{{blue}}");
    }

    @Test
    void aDestroyLeavesNothing() {
        upkeep("apply").run().with(0);

        Ended destroyed = upkeep("destroy", "--yes").run().with(0);

        assertThat(destroyed.err()).contains("downtime  stack shop: nobody is served any more", "release: is removed");
        assertThat(stacks()).isEmpty();
        assertThat(found("client('ssm').describe_parameters()['Parameters']"
                        + " + client('ecr').describe_repositories()['repositories']"
                        + " + client('elbv2').describe_load_balancers()['LoadBalancers']"
                        + " + client('autoscaling').describe_auto_scaling_groups()['AutoScalingGroups']"
                        + " + [v for v in client('ec2').describe_vpcs()['Vpcs'] if not v.get('IsDefault')]"))
                .isEmpty();
        assertThat(upkeep("destroy", "--yes").run().with(0).out()).contains("stack shop: absent");
    }

    private List<String> logGroups() {
        return found("[str(g.get('retentionInDays')) + ' ' + e['message']"
                + " for g in client('logs').describe_log_groups()['logGroups']"
                + " for e in client('logs').filter_log_events(logGroupName=g['logGroupName'])['events']]");
    }

    /** The emulator adopts log groups, and no repositories. */
    @Test
    void aLogGroupThatIsThereIsAdoptedWithItsLinesAndKept() {
        aws.ask("""
                logs = client('logs')
                logs.create_log_group(logGroupName='/upkeep/shop')
                logs.create_log_stream(logGroupName='/upkeep/shop', logStreamName='old')
                logs.put_log_events(logGroupName='/upkeep/shop', logStreamName='old',
                    logEvents=[{'timestamp': int(__import__('time').time() * 1000), 'message': 'from before'}])
                """);
        String inTheWay = "there already, and not part of the stack: log group /upkeep/shop";

        assertThat(upkeep("apply").run().with(1).err()).contains(inTheWay + "; run upkeep adopt to take it into");
        assertThat(upkeep("doctor").run().with(1).out()).contains(inTheWay);
        assertThat(stacks()).isEmpty();
        assertThat(upkeep("adopt", "--dry-run").run().with(2).out()).containsPattern("\\+ +Logs +adopt");
        assertThat(stacks()).isEmpty();

        assertThat(upkeep("adopt").run().with(1).err()).contains("nothing was adopted: nobody can be asked");
        assertThat(stacks()).isEmpty();
        Ended adopted = upkeep("adopt", "--yes").run().with(0);
        assertThat(adopted.err()).contains("Logs: import complete");
        assertThat(adopted.out()).contains("stack shop: adopted");
        assertThat(upkeep("events").run().with(0).out()).contains("adopt by CloudFormation since ");
        assertThat(stacks()).containsExactly("shop-base CREATE_COMPLETE");
        assertThat(logGroups()).containsExactly("None from before");
        assertThat(upkeep("adopt").run().with(0).err()).contains("nothing to change", "nothing exists in the region");

        assertThat(upkeep("plan").run().with(2).out()).containsPattern("~ +Logs +update +days that logs are kept 30");
        upkeep("apply").run().with(0);
        assertThat(logGroups()).containsExactly("30 from before");
        assertThat(upkeep("apply").run().with(0).err()).contains("nothing to change");

        Ended destroyed = upkeep("destroy", "--yes").run().with(0);
        assertThat(destroyed.err())
                .contains(
                        "but for what was adopted and is kept: log group /upkeep/shop",
                        "log group /upkeep/shop: is kept, as it was adopted");
        assertThat(stacks()).isEmpty();
        assertThat(logGroups()).containsExactly("30 from before");
        assertThat(upkeep("apply").run().with(1).err()).contains(inTheWay);
    }

    @Test
    void whatTheFileKeepsOutlivesTheStackAndIsTakenIntoTheNextOne() throws IOException {
        String known = "known after the first apply";
        upkeep("apply").run().with(0);
        aws.ask("""
                logs = client('logs')
                logs.create_log_stream(logGroupName='/upkeep/shop', logStreamName='old')
                logs.put_log_events(logGroupName='/upkeep/shop', logStreamName='old',
                    logEvents=[{'timestamp': int(__import__('time').time() * 1000), 'message': '%s'}])
                """.formatted(known));
        Path file = home.resolve("upkeep.yaml");
        Files.writeString(file, Files.readString(file).replace("aws: {", "aws: { keep: [images, logs],"));
        assertThat(upkeep("destroy", "--yes").run().with(1).err())
                .contains("aws.keep asks to keep log group /upkeep/shop, and no apply has told CloudFormation so yet");

        assertThat(upkeep("plan").run().with(2).out()).containsPattern("~ +Logs +update");
        upkeep("apply").run().with(0);
        assertThat(upkeep("apply").run().with(0).err()).contains("nothing to change");
        assertThat(upkeep("destroy", "--dry-run").run().with(2).out())
                .contains("but for what is kept as aws.keep asked: log group /upkeep/shop");
        assertThat(upkeep("destroy", "--yes").run().with(0).err())
                .contains("log group /upkeep/shop: is kept, as aws.keep asked; upkeep adopt takes it into a new stack");
        assertThat(stacks()).isEmpty();
        assertThat(logGroups()).containsExactly("30 " + known);

        assertThat(upkeep("apply").run().with(1).err()).contains("log group /upkeep/shop; run upkeep adopt");
        upkeep("adopt", "--yes").run().with(0);
        upkeep("apply").run().with(0);
        assertThat(logGroups()).containsExactly("30 " + known);
    }

    /** It would make the repository anew, as CloudFormation does with what it cannot adopt. */
    @Test
    void aRepositoryThatIsThereIsNamedBeforeAnythingIsMade() throws IOException {
        takeRegistryOfTheAccount();
        aws.ask("client('ecr').create_repository(repositoryName='shop/web')");

        assertThat(upkeep("apply").run().with(1).err())
                .contains("there already, and not part of the stack: repository shop/web; run upkeep adopt");
        assertThat(upkeep("adopt").run().with(1).err())
                .contains("CloudFormation would not adopt repository shop/web but try to make it anew");
        assertThat(stacks()).isEmpty();
        assertThat(found("[r['repositoryName'] for r in client('ecr').describe_repositories()['repositories']]"))
                .containsExactly("shop/web");
    }

    @Test
    void aSavedPlanIsDoneOnceAndThenStale() {
        assertThat(upkeep("plan", "--out", "change.plan").run().with(2).out()).contains("saved as change.plan");
        assertThat(upkeep("status").run().with(3).out()).contains("stack shop: planned");
        // A saved plan does not say where else to ask, and nobody answers under the name that an emulator gives to a
        // load balancer.
        try (var apply = upkeep("apply", "change.plan").start()) {
            Ended interrupted =
                    apply.awaitText("edge: asking http://").signal("INT").end().with(130);
            assertThat(interrupted.err()).contains("Interrupted;").doesNotContain("Exception");
        }
        assertThat(stacks()).containsExactly("shop CREATE_COMPLETE", "shop-base CREATE_COMPLETE");

        assertThat(upkeep("apply", "change.plan").run().with(1).err())
                .contains("CloudFormation does not have its change set any more");
    }

    /** CloudFormation does nothing just then: the process prepares images. */
    @Test
    void whileOneIsAtWorkOthersSeeItAndKeepOut() {
        try (var apply = upkeep("apply").start()) {
            apply.awaitText("Logs: create complete").signal("STOP");

            assertThat(upkeep("status").run().with(3).out())
                    .contains("stack shop: in progress", "apply by arn:aws:iam::123456789012:root on ");
            assertThat(upkeep("cancel", "--yes").run().with(1).err()).contains("interrupt it where it runs");
            try (var destroy = upkeep("destroy", "--yes").start()) {
                destroy.awaitText("is being changed: apply by ");
                apply.signal("CONT").end().with(0);
                assertThat(destroy.end().with(0).out()).contains("stack shop: absent");
            }
        }
        assertThat(found("client('ssm').describe_parameters()['Parameters']")).isEmpty();
    }

    /** The emulator has no Elastic IPs, which a single instance needs. */
    @Test
    void whatAwsRefusesIsSaidAndLeavesNothing() throws IOException {
        Path file = home.resolve("upkeep.yaml");
        String balanced = Files.readString(file);
        Files.writeString(file, balanced.replace("shape: highly-available", "shape: single"));
        assertThat(upkeep("apply").run().with(1).err())
                .contains("Tried to plan a change of the stack shop", "Unrecognized resource types: [AWS::EC2::EIP]");
        assertThat(stacks()).isEmpty();

        Files.writeString(file, balanced + "domain: { name: www.example.org, zone: example.org }\n");
        assertThat(upkeep("plan").run().with(1).err())
                .contains("Tried to find the hosted zone example.org: this account has no public one of that name");
        assertThat(stacks()).isEmpty();
    }

    /** The emulator has the hosted zone, and a DNS of this test the zones above, which the command finds by a property of its library. */
    @Test
    void aDomainThatDoesNotLeadToItsHostedZoneIsSaidByDoctorAndRefusedByApply() throws IOException {
        ScriptedDns dns = peers.closing(new ScriptedDns());
        List<String> hosted = hostedZone(dns, "example.org");
        dns.refers(ScriptedDns.ORG, "example.org", "ns.other.test.");
        Files.writeString(
                home.resolve("upkeep.yaml"),
                "domain: { name: www.example.org, zone: example.org }\n",
                StandardOpenOption.APPEND);
        String options = "-Ddns.server=" + ScriptedDns.RESOLVER + ":" + dns.port();
        String elsewhere =
                "the public DNS does not lead to the hosted zone of example.org: org names other name servers";

        assertThat(upkeep("doctor")
                        .with("JAVA_TOOL_OPTIONS", options)
                        .run()
                        .with(1)
                        .out())
                .contains(elsewhere, "no CAA record limits who may issue a certificate for www.example.org");
        assertThat(upkeep("apply")
                        .with("JAVA_TOOL_OPTIONS", options)
                        .run()
                        .with(1)
                        .err())
                .contains(elsewhere, "its certificate would never be validated", hosted.get(0));
        assertThat(stacks()).isEmpty();

        dns.refers(
                ScriptedDns.ORG,
                "example.org",
                hosted.stream().map(server -> server + ".").toArray(String[]::new));
        dns.answers(ScriptedDns.HOSTED, "example.org", "CAA", "0 issue \"letsencrypt.org\"");
        assertThat(upkeep("doctor")
                        .with("JAVA_TOOL_OPTIONS", options)
                        .run()
                        .with(1)
                        .out())
                .contains(
                        "the public DNS leads to the hosted zone of example.org",
                        "the CAA records of example.org let only letsencrypt.org issue a certificate");
    }

    @Test
    void aStackOfSomebodyElseIsNeitherChangedNorRemoved() {
        found("[client('cloudformation').create_stack(StackName='shop', TemplateBody='{\"Resources\": {\"Logs\":"
                + " {\"Type\": \"AWS::Logs::LogGroup\"}}}')['StackId']]");

        for (List<String> words : List.of(List.of("plan"), List.of("apply"), List.of("destroy", "--yes"))) {
            assertThat(upkeep(words.toArray(String[]::new)).run().with(1).err())
                    .contains("CloudFormation has a stack shop that was not made by upkeep");
        }
        assertThat(stacks()).containsExactly("shop CREATE_COMPLETE");
    }

    @Test
    void withoutCredentialsOrAWayToAwsTheUserLearnsWhatToDo() {
        Ended nobody = Upkeep.in(home, "plan")
                .without("AWS_ACCESS_KEY_ID")
                .with("AWS_EC2_METADATA_DISABLED", "true")
                .run()
                .with(1);
        assertThat(nobody.err()).contains("Tried to find AWS credentials for eu-west-1", "aws sso login");

        Ended lost = upkeep("plan")
                .with("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
                .run()
                .with(1);
        assertThat(lost.err()).contains("AWS did not answer", "check this machine's network");
        assertThat(upkeep("doctor").run().with(0).out())
                .contains(
                        "AWS knows these credentials: arn:aws:iam::123456789012:",
                        "not checked: the registry " + registry.address(),
                        "instance type: t3.micro, for linux/amd64",
                        // ministack knows no offerings of types.
                        "unknown  not checked: whether the zones have t3.micro")
                .containsPattern("Nothing to put right, but \\d not checked\\.\\R$");
    }
}
