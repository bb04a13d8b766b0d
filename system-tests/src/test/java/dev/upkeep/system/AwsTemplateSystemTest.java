package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What linters say of the templates of specs that differ in everything that a template can show: cfn-lint, which knows the schemas
 * of all types of resources, and checkov, which looks for carelessness; and parliament of the policies for those who stand them up.
 */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
class AwsTemplateSystemTest {

    private static final Path EXAMPLES = Path.of("../examples/aws");

    private static final String FIRST = "stack: shop\nplatform: aws\nregion: eu-west-1\nversion: 1.0.6\n";
    private static final String BALANCED = FIRST + "shape: highly-available\n";
    private static final String DOMAIN = "domain: { name: www.example.org, zone: example.org }\n";
    private static final String ELSEWHERE = "images: { registry: registry.example.org/team }\n";
    private static final String EVERYTHING = """
            instances: 3
            app:
              env: { LOG_LEVEL: info }
              secrets: { DB_PASSWORD: /shop/db-password, API_KEY: "secretsmanager:shop/api-key" }
              permissions:
                - arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess
                - { actions: [sqs:SendMessage], resources: ["arn:aws:sqs:eu-west-1:123456789012:shop-*"] }
            images: { platforms: [linux/arm64] }
            aws:
              network: 192.168.0.0/20
              zones: [eu-west-1a, eu-west-1b, eu-west-1c]
              private: true
              type: m7g.large
              image: debian-13
              disk: 20GB
              max-instances: 6
              permissions-boundary: arn:aws:iam::123456789012:policy/boundary
              check-every: 10s
              drain-within: 2m
              replace-unhealthy: false
              ssh-from: 198.51.100.7/32
              ssh-endpoint: true
              alarm-mail: ops@example.org
              log-days: 90
              access-logs: example-access-logs
              keep: [images, logs]
              tags: { team: shop, cost-center: "42" }
            """;

    private static final String CFN_LINT = "cfn-lint==1.58.0";

    private static final String PERMISSIONS_BY_TYPE = """
            import json, pathlib, cfnlint
            found = {}
            for file in (pathlib.Path(cfnlint.__file__).parent / "data/schemas/resources").glob("*.json"):
                schema = json.loads(file.read_text())
                permissions = found.setdefault(schema.get("typeName", ""), set())
                for verb in ("create", "read", "update", "delete"):
                    permissions.update(schema.get("handlers", {}).get(verb, {}).get("permissions", []))
            print(json.dumps({name: sorted(each) for name, each in found.items()}))
            """;

    /**
     * Parliament knows of every action what it can be limited to. Of what a star stands for only a part is meant, what is allowed on everything
     * are things whose names nobody knows beforehand, where commands may be sent and which takes two statements, and AWS compares the ARN of a boundary as a text in its own examples.
     */
    private static final String WRONG_IN_A_POLICY = """
            import json, sys, parliament
            text = open(sys.argv[1]).read()
            statements = [each for each in json.loads(text)["Statement"] if each["Resource"] != "*"]
            said = {action for statement in statements for action in statement["Action"]}
            for finding in parliament.analyze_policy_string(text).findings:
                if finding.issue == "RESOURCE_MISMATCH":
                    finding.detail = [each for each in finding.detail if each["action"] in said - {"ssm:SendCommand"}]
                if finding.issue not in ("RESOURCE_STAR", "MISMATCHED_TYPE_BUT_USABLE") and finding.detail:
                    print(finding.issue, finding.detail)
            """;

    /** What handlers do only for properties that Upkeep does not set. */
    private static final List<String> UNUSED = List.of(
            // services that nothing here has to do with
            "(acm-pca|cognito-idp|firehose|kms|managed-fleets|s3|vpc-lattice|vpce):.*",
            // groups: notifications, life cycle hooks, metrics, refreshes, classic load balancers, alarms of a warm
            // pool
            "autoscaling:(Attach|Detach)(LoadBalancers|TrafficSources)",
            "autoscaling:(Put|Delete)(LifecycleHook|NotificationConfiguration)",
            "autoscaling:(Enable|Disable)MetricsCollection",
            "autoscaling:(Start|Cancel)InstanceRefresh",
            "ec2:Get\\*|ssm:Get\\*",
            "cloudwatch:(GetMetricData|PutMetricAlarm)",
            // addresses that move between accounts, IPv6, other kinds of gateways
            "ec2:AcceptAddressTransfer",
            "ec2:(Associate|Disassociate)SubnetCidrBlock",
            "ec2:(Attach|Detach)VpnGateway",
            "ec2:(Assign|Unassign)PrivateNatGatewayAddress|ec2:(Associate|Disassociate)NatGatewayAddress",
            "ec2:CreateVpcEncryptionControl|ec2:ModifyVpcTenancy",
            // an instance: disks and roles that come later, monitoring, what is changed of one that stands
            "ec2:(Attach|Detach)Volume|ec2:(Associate|Disassociate|Replace)IamInstanceProfile.*",
            "ec2:Modify(Instance(CreditSpecification|MaintenanceOptions|MetadataOptions|Placement)|PrivateDnsNameOptions)",
            "ec2:(Start|Stop|Monitor|Unmonitor)Instances|ssm:.*Associations?",
            // load balancers: reserved capacity, pools of addresses, IPv6
            "elasticloadbalancing:Modify(CapacityReservation|IpPools)|elasticloadbalancing:SetIpAddressType",
            // policies of the repository itself
            "ecr:(Set|Delete)RepositoryPolicy",
            // logs: delivery, masking, indexes, resource policies
            "logs:(AssociateKmsKey|DisassociateKmsKey|CreateLogDelivery|PutBearerTokenAuthentication)",
            "logs:(Put|Delete)(DataProtectionPolicy|IndexPolicy|ResourcePolicy)|logs:PutLogGroupDeletionProtection",
            "sns:PutDataProtectionPolicy",
            // roles: policies that the file does not list, boundaries that it does not name, and taking one away
            "iam:AttachRolePolicy|iam:(Put|Delete)RolePermissionsBoundary");

    private final Map<String, Path> templates = new TreeMap<>();

    @BeforeAll
    void render(@TempDir Path folder) throws IOException {
        render(folder, "base", FIRST, "--base");
        render(folder, "base-kept", FIRST + "aws: { keep: [images, logs] }\n", "--base");
        render(folder, "base-without-application", FIRST + "site: site\napp: none\n", "--base");
        render(folder, "base-registry-elsewhere", FIRST + ELSEWHERE, "--base");
        render(folder, "single", FIRST);
        render(folder, "single-registry-elsewhere", FIRST + ELSEWHERE);
        render(folder, "single-domain-image", FIRST + DOMAIN + "aws: { image: ami-0123456789abcdef0 }\n");
        render(
                folder,
                "single-arm-ssh",
                FIRST + "images: { platforms: [arm64] }\naws: { ssh-from: 198.51.100.0/24 }\n");
        render(folder, "single-address", FIRST + "aws: { address: eipalloc-0123456789abcdef0 }\n");
        render(folder, "single-domain-address", FIRST + DOMAIN + "aws: { address: eipalloc-01234567 }\n");
        for (String example : List.of("single", "highly-available")) {
            render(folder, "example-" + example, Files.readString(EXAMPLES.resolve(example + ".yaml")));
        }
        render(folder, "balanced", BALANCED);
        render(folder, "balanced-domain", BALANCED + DOMAIN);
        render(
                folder,
                "balanced-zones-mail",
                BALANCED + "aws: { zones: [eu-west-1b, eu-west-1c], alarm-mail: a@example.org }\n");
        render(folder, "balanced-everything", BALANCED + DOMAIN + EVERYTHING);
        render(folder, "image-single", FIRST, "--machine-image");
        render(folder, "image-everything", BALANCED + DOMAIN + EVERYTHING, "--machine-image");
        render(
                folder,
                "single-everything",
                FIRST + DOMAIN + EVERYTHING.replaceAll("instances: 3\n|  max-instances: 6\n|  access-logs: .*\n", ""));
    }

    private void render(Path folder, String name, String file, String... options) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name));
        Files.writeString(home.resolve("upkeep.yaml"), file);
        Path template = home.resolve(name + ".json");
        Files.writeString(
                template, Upkeep.in(home, "template").and(options).run().with(0).out());
        templates.put(name, template);
    }

    @Test
    void cfnLintFindsNothing() {
        List<String> command = new ArrayList<>(
                List.of(PythonPrograms.bin(CFN_LINT).resolve("cfn-lint").toString(), "--regions", "eu-west-1"));
        templates.values().forEach(template -> command.addAll(List.of("--template", template.toString())));

        assertThat(Command.runLong(command).orFail().output()).isEmpty();
    }

    @Test
    void checkovFindsNothingButWhatTheTemplatesExplain() throws IOException {
        Path checkov = PythonPrograms.bin("checkov==3.3.30").resolve("checkov");
        List<String> command = new ArrayList<>(List.of("env", "BC_SKIP_MAPPING=true", checkov.toString()));
        templates.values().forEach(template -> command.addAll(List.of("--file", template.toString())));
        command.addAll(List.of("--framework", "cloudformation", "--skip-download", "--output", "json"));

        String report = Command.runLong(command).orFail().output();

        JsonNode found = new ObjectMapper().readTree(report.substring(report.indexOf('{')));
        assertThat(found.path("summary").path("failed").asInt(-1)).isZero();
        assertThat(found.path("summary").path("parsing_errors").asInt(-1)).isZero();
        assertThat(found.path("summary").path("passed").asInt()).isGreaterThan(150);
        Set<String> skipped =
                new TreeSet<>(found.path("results").path("skipped_checks").findValuesAsText("check_id"));
        assertThat(skipped)
                .containsExactly(
                        "CKV_AWS_103",
                        "CKV_AWS_111",
                        "CKV_AWS_136",
                        "CKV_AWS_158",
                        "CKV_AWS_2",
                        "CKV_AWS_26",
                        "CKV_AWS_260",
                        "CKV_AWS_88",
                        "CKV_AWS_91");
    }

    /** CloudFormation acts with the rights of its caller. What its handlers use is in the schemas of the types, which cfn-lint brings along. */
    @Test
    void thePolicyAllowsWhatTheHandlersOfEveryTypeNeed() throws IOException {
        JsonNode byType = new ObjectMapper()
                .readTree(Command.run(
                                PythonPrograms.bin(CFN_LINT).resolve("python").toString(), "-c", PERMISSIONS_BY_TYPE)
                        .orFail()
                        .output());
        for (String name : List.of(
                "single",
                "single-domain-address",
                "balanced",
                "balanced-everything",
                "single-everything",
                "image-single",
                "image-everything")) {
            Path home = Objects.requireNonNull(templates.get(name)).getParent();
            List<Pattern> allowed = new ArrayList<>(allowed(home));
            if (name.startsWith("image-")) {
                allowed.addAll(allowed(home, "--machine-image"));
            }
            for (String permission : neededBy(name, byType)) {
                boolean isAllowed = allowed.stream()
                        .anyMatch(action -> action.matcher(permission).matches());
                boolean isUnused = UNUSED.stream().anyMatch(permission::matches);
                assertThat(isAllowed || isUnused)
                        .as("%s, which is not known to be unused, is in the policy of %s", permission, name)
                        .isTrue();
            }
        }
    }

    private static List<Pattern> allowed(Path home, String... options) throws IOException {
        JsonNode policy = new ObjectMapper()
                .readTree(Upkeep.in(home, "policy").and(options).run().with(0).out());
        assertThat(policy.toString().replaceAll("\\s", "")).hasSizeLessThanOrEqualTo(6144);
        return policy.path("Statement").findValues("Action").stream()
                .flatMap(actions -> StreamSupport.stream(actions.spliterator(), false))
                .map(action -> Pattern.compile(action.asText().replace("*", ".*")))
                .toList();
    }

    @Test
    void everyActionOfThePolicyExistsAndCanBeLimitedAsItIs() throws IOException {
        Path python = PythonPrograms.bin("parliament==1.6.4").resolve("python");
        for (String name : List.of(
                "single",
                "single-address",
                "single-registry-elsewhere",
                "balanced-domain",
                "balanced-everything",
                "single-everything")) {
            Path home = Objects.requireNonNull(templates.get(name)).getParent();
            Ended printed = Upkeep.in(home, "policy").run().with(0);
            Path policy = Files.writeString(home.resolve("policy.json"), printed.out());

            assertThat(Command.run(python.toString(), "-c", WRONG_IN_A_POLICY, policy.toString())
                            .orFail()
                            .output())
                    .as("what parliament finds in the policy of %s", name)
                    .isEmpty();
            assertThat(printed.err().contains("aws.permissions-boundary"))
                    .as("%s is told that nothing limits its roles", name)
                    .isEqualTo(!name.endsWith("-everything"));
        }
        for (String name : List.of("image-single", "image-everything")) {
            Path home = Objects.requireNonNull(templates.get(name)).getParent();
            Path policy = Files.writeString(
                    home.resolve("policy.json"),
                    Upkeep.in(home, "policy", "--machine-image").run().with(0).out());

            assertThat(Command.run(python.toString(), "-c", WRONG_IN_A_POLICY, policy.toString())
                            .orFail()
                            .output())
                    .as("what parliament finds in the policy of %s", name)
                    .isEmpty();
        }
    }

    private Set<String> neededBy(String name, JsonNode byType) throws IOException {
        Set<String> needed = new TreeSet<>();
        for (JsonNode resource : new ObjectMapper()
                .readTree(Objects.requireNonNull(templates.get(name)).toFile())
                .path("Resources")) {
            JsonNode ofType = byType.path(resource.path("Type").asText());
            assertThat(ofType).isNotEmpty();
            ofType.forEach(permission -> needed.add(permission.asText()));
        }
        return needed;
    }

    @Test
    void theSameFileGivesTheSameBytesAndSoDoesAnotherVersion(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("upkeep.yaml"), BALANCED.replace("1.0.6", "1.0.7"));

        assertThat(Upkeep.in(home, "template").run().with(0).out())
                .isEqualTo(Files.readString(templates.get("balanced")));
    }
}
