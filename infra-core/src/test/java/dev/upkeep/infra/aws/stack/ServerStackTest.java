package dev.upkeep.infra.aws.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerStackTest {

    private static JsonNode resource(StackTemplate template, String name) throws IOException {
        return new ObjectMapper().readTree(template.json()).path("Resources").path(name);
    }

    private static List<String> types(StackTemplate template) {
        return template.resources().stream().map(each -> each.type()).toList();
    }

    /** For the linters, which the build runs on these files. */
    @Test
    void rendersEverySpecSmallEnoughForARequest() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/templates"));
        for (Map.Entry<String, StackTemplate> each : SpecMatrix.templates().entrySet()) {
            String json = each.getValue().json();
            assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(StackTemplate.LARGEST);
            Files.writeString(folder.resolve(each.getKey() + ".json"), json);
        }
    }

    @Test
    void theSameSpecGivesTheSameBytes() {
        assertThat(ServerStack.template(SpecMatrix.highlyAvailable(), SpecMatrix.KNOWN)
                        .json())
                .isEqualTo(ServerStack.template(SpecMatrix.highlyAvailable(), SpecMatrix.KNOWN)
                        .json());
    }

    @Test
    void aVersionIsNoPartOfTheTemplate() {
        StackSpec next = SpecMatrix.highlyAvailable().withVersion("1.0.7");

        assertThat(ServerStack.template(next, SpecMatrix.KNOWN))
                .isEqualTo(ServerStack.template(SpecMatrix.highlyAvailable(), SpecMatrix.KNOWN));
    }

    @Test
    void instancesTakeRequestsFromTheLoadBalancerOnly() throws IOException {
        JsonNode open = resource(
                        ServerStack.template(SpecMatrix.highlyAvailable(), SpecMatrix.KNOWN), "InstanceSecurityGroup")
                .at("/Properties/SecurityGroupIngress");

        assertThat(open).hasSize(1);
        assertThat(open.at("/0/SourceSecurityGroupId/Fn::GetAtt/0").asText()).isEqualTo("BalancerSecurityGroup");
    }

    @Test
    void aSingleInstanceNeedsNothingThatCostsMore() {
        assertThat(types(ServerStack.template(SpecMatrix.single(), SpecMatrix.KNOWN)))
                .contains("AWS::EC2::EIP", "AWS::AutoScaling::AutoScalingGroup")
                .doesNotContain(
                        "AWS::ElasticLoadBalancingV2::LoadBalancer",
                        "AWS::EC2::NatGateway",
                        "AWS::CloudWatch::Alarm",
                        "AWS::SNS::Topic");
    }

    @Test
    void theLoadBalancerAsksWhetherInstancesAreReady() throws IOException {
        JsonNode targets = resource(ServerStack.template(SpecMatrix.highlyAvailable(), SpecMatrix.KNOWN), "Targets")
                .path("Properties");

        assertThat(targets.path("HealthCheckPath").asText()).isEqualTo("/.well-known/upkeep/ready");
        assertThat(targets.path("HealthCheckTimeoutSeconds").asInt())
                .isLessThan(targets.path("HealthCheckIntervalSeconds").asInt());
    }

    @Test
    void theRootDiskIsEncryptedOnTheDeviceThatTheImageHasItOn() throws IOException {
        StackTemplate usual = ServerStack.template(SpecMatrix.single(), SpecMatrix.KNOWN);
        StackTemplate other = ServerStack.template(
                SpecMatrix.single(),
                new Resolved(
                        SpecMatrix.KNOWN.zones(),
                        SpecMatrix.KNOWN.image(),
                        Optional.of("/dev/sda1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(rootDisk(usual)).isEqualTo("/dev/xvda encrypted: true");
        assertThat(rootDisk(other)).isEqualTo("/dev/sda1 encrypted: true");
        assertThat(usual.json()).doesNotContain("RootDevice");
        assertThat(new ObjectMapper()
                        .readTree(other.json())
                        .at("/Outputs/RootDevice/Value")
                        .asText())
                .isEqualTo("/dev/sda1");
    }

    private static String rootDisk(StackTemplate template) throws IOException {
        JsonNode disk = resource(template, "LaunchTemplate").at("/Properties/LaunchTemplateData/BlockDeviceMappings/0");
        return disk.path("DeviceName").asText() + " encrypted: "
                + disk.at("/Ebs/Encrypted").asText();
    }

    @Test
    void aGroupKeepsTheNumberThatItHasGrownTo() throws IOException {
        Resolved grown = new Resolved(
                SpecMatrix.KNOWN.zones(),
                SpecMatrix.KNOWN.image(),
                SpecMatrix.KNOWN.rootDevice(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(5));
        JsonNode group = resource(ServerStack.template(SpecMatrix.highlyAvailable(), grown), "Group");

        assertThat(group.at("/Properties/DesiredCapacity").asText()).isEqualTo("5");
        assertThat(group.at("/CreationPolicy/ResourceSignal/Count").asInt()).isEqualTo(5);
        assertThat(group.at("/Properties/MinSize").asText()).isEqualTo("1");
    }

    private static List<JsonNode> statements(StackSpec spec) throws IOException {
        List<JsonNode> statements = new ArrayList<>();
        resource(ServerStack.template(spec, SpecMatrix.KNOWN), "InstanceRole")
                .at("/Properties/Policies/0/PolicyDocument/Statement")
                .forEach(statements::add);
        return statements;
    }

    private static JsonNode statement(StackSpec spec, String purpose) throws IOException {
        return statements(spec).stream()
                .filter(each -> each.path("Sid").asText().equals(purpose))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anInstanceMayReadTheSecretsOfTheApplicationAndNoOthers() throws IOException {
        StackSpec spec = StackSpec.builder("shop", "1.0.6")
                .environment(SpecMatrix.environment())
                .aws("eu-west-1")
                .build();
        String here = ":${AWS::Region}:${AWS::AccountId}:";

        JsonNode parameters = statement(spec, "ReadParametersOfTheApplication");
        assertThat(parameters.path("Action").asText()).isEqualTo("ssm:GetParameter");
        assertThat(parameters.path("Resource").findValuesAsText("Fn::Sub"))
                .containsExactly(
                        "arn:${AWS::Partition}:ssm" + here + "parameter/shop/db-password",
                        "arn:${AWS::Partition}:ssm" + here + "parameter/shop/mail");
        JsonNode secrets = statement(spec, "ReadSecretsOfTheApplication");
        assertThat(secrets.path("Action").asText()).isEqualTo("secretsmanager:GetSecretValue");
        assertThat(secrets.path("Resource").findValuesAsText("Fn::Sub"))
                .containsExactly("arn:${AWS::Partition}:secretsmanager" + here + "secret:shop/api-key-??????");
        assertThat(statement(spec, "DecryptThemUnderOtherKeys")
                        .at("/Condition/StringEquals/kms:ViaService")
                        .findValuesAsText("Fn::Sub"))
                .containsExactly("ssm.${AWS::Region}.amazonaws.com", "secretsmanager.${AWS::Region}.amazonaws.com");
    }

    @Test
    void anApplicationWithPermissionsHasARoleThatOnlyTheInstancesTake() throws IOException {
        StackTemplate template = ServerStack.template(
                StackSpec.builder("shop", "1.0.6")
                        .permissions(SpecMatrix.permissions())
                        .aws("eu-west-1")
                        .build(),
                SpecMatrix.KNOWN);
        JsonNode role = resource(template, "AppRole").path("Properties");

        assertThat(role.at("/AssumeRolePolicyDocument/Statement"))
                .hasToString("[{\"Sid\":\"OnlyTheInstances\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                        + "{\"Fn::GetAtt\":[\"InstanceRole\",\"Arn\"]}},\"Action\":\"sts:AssumeRole\"}]");
        assertThat(role.path("ManagedPolicyArns")).hasToString("[\"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\"]");
        assertThat(role.at("/Policies/0/PolicyDocument/Statement"))
                .hasToString("[{\"Sid\":\"Application1\",\"Effect\":\"Allow\",\"Action\":[\"sqs:SendMessage\"],"
                        + "\"Resource\":[\"arn:aws:sqs:eu-west-1:123456789012:shop-*\"]}]");
        assertThat(text(resource(template, "LaunchTemplate").at("/Properties/LaunchTemplateData/UserData/Fn::Base64")))
                .contains("\n      APP_ROLE={\"Fn::GetAtt\":[\"AppRole\",\"Arn\"]}\n");
        assertThat(types(ServerStack.template(SpecMatrix.single(), SpecMatrix.KNOWN)))
                .containsOnlyOnce("AWS::IAM::Role");
    }

    @Test
    void withoutSecretsAnInstanceMayReadNoneAndDecryptNothing() throws IOException {
        assertThat(statements(SpecMatrix.single()).toString())
                .contains("ReadReleaseOfThisStack")
                .doesNotContain("OfTheApplication", "kms:");
    }

    @Test
    void anEnvironmentIsNoPartOfTheTemplate() {
        StackSpec spec = StackSpec.builder("shop", "1.0.6")
                .environment(new AppEnvironment(Map.of("LOG_LEVEL", "info"), Map.of()))
                .aws("eu-west-1")
                .build();

        assertThat(ServerStack.template(spec, SpecMatrix.KNOWN))
                .isEqualTo(ServerStack.template(SpecMatrix.single(), SpecMatrix.KNOWN));
    }

    @Test
    void anInstanceIsGivenLessThanEc2Takes() throws IOException {
        for (StackTemplate template : SpecMatrix.templates().values()) {
            for (JsonNode data : new ObjectMapper().readTree(template.json()).findValues("UserData")) {
                String text = text(data.path("Fn::Base64"));
                assertThat(text).startsWith("#cloud-config\n");
                assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(BootData.LARGEST - 384);
            }
        }
    }

    private static final Resolved FOUND = SpecMatrix.KNOWN.withAddress(Optional.of("192.0.2.1"));

    private static JsonNode value(StackTemplate template, String output) throws IOException {
        return new ObjectMapper().readTree(template.json()).at("/Outputs/" + output + "/Value");
    }

    @Test
    void anAddressThatIsBroughtAlongBelongsToNoStackAndIsClaimed() throws IOException {
        StackTemplate template = ServerStack.template(SpecMatrix.broughtAddress(), FOUND);

        assertThat(types(template)).doesNotContain("AWS::EC2::EIP");
        assertThat(text(resource(template, "LaunchTemplate").at("/Properties/LaunchTemplateData/UserData/Fn::Base64")))
                .contains("\n      ALLOCATION=eipalloc-0123456789abcdef0\n");
        assertThat(value(template, "Url").toString()).contains("192.0.2.1");
        assertThat(value(template, "Address").asText()).isEqualTo("192.0.2.1");
        assertThat(value(template, "Allocation").asText()).isEqualTo(SpecMatrix.ALLOCATION);
        assertThat(value(ServerStack.template(SpecMatrix.single(), SpecMatrix.KNOWN), "Allocation")
                        .isMissingNode())
                .isTrue();
        assertThat(template.json()).doesNotContain("Parameters");
    }

    @Test
    void anInstanceMayTakeTheBroughtAddressOnlyAndForItselfOnly() throws IOException {
        StackSpec spec = SpecMatrix.broughtAddress();

        JsonNode taking = statement(spec, "TakeTheAddress");
        assertThat(taking.path("Resource"))
                .hasToString("{\"Fn::Sub\":\"arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:elastic-ip/"
                        + SpecMatrix.ALLOCATION + "\"}");
        assertThat(taking.path("Condition").isMissingNode()).isTrue();
        JsonNode giving = statement(spec, "ForItself");
        assertThat(giving.path("Resource").toString())
                .contains(":instance/*", ":network-interface/*")
                .doesNotContain("elastic-ip");
        assertThat(giving.path("Condition"))
                .hasToString("{\"StringEquals\":{\"aws:ResourceTag/upkeep:stack\":\"shop\"}}");
        assertThat(statements(SpecMatrix.single()))
                .noneMatch(each -> each.path("Sid").asText().equals("ForItself"));
    }

    @Test
    void whereNobodySaysWhatAnAllocationIsTheTemplateAsks() throws IOException {
        JsonNode template = new ObjectMapper()
                .readTree(ServerStack.template(SpecMatrix.broughtAddress(), Resolved.nothing())
                        .json());

        assertThat(template.at("/Parameters/PublicIp/Type").asText()).isEqualTo("String");
        assertThat("192.0.2.1")
                .matches(template.at("/Parameters/PublicIp/AllowedPattern").asText());
        assertThat(template.at("/Outputs/Address/Value")).hasToString("{\"Ref\":\"PublicIp\"}");
    }

    @Test
    void theNameLeadsToAnAddressWhenAnInstanceAnswersThere() throws IOException {
        StackSpec spec = StackSpec.builder("shop", "1.0.6")
                .domain("www.example.org", "example.org")
                .aws(AwsSettings.of(SpecMatrix.broughtAddress()))
                .build();
        JsonNode record = resource(ServerStack.template(spec, FOUND), "Record");

        assertThat(record.at("/Properties/ResourceRecords")).hasToString("[\"192.0.2.1\"]");
        assertThat(record.path("DependsOn")).hasToString("[\"Group\"]");
    }

    /** As CloudFormation puts it together, with the names of other resources in their place. */
    private static String text(JsonNode value) {
        if (value.has("Fn::Join")) {
            List<String> parts = new ArrayList<>();
            value.path("Fn::Join").path(1).forEach(part -> parts.add(text(part)));
            return String.join(value.path("Fn::Join").path(0).asText(), parts);
        }
        return value.isTextual() ? value.asText() : value.toString();
    }
}
