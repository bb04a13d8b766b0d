package dev.upkeep.infra.aws.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.aws.template.StackTemplate;
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
    void aGroupKeepsTheNumberThatItHasGrownTo() throws IOException {
        Resolved grown =
                new Resolved(SpecMatrix.KNOWN.zones(), SpecMatrix.KNOWN.image(), Optional.empty(), Optional.of(5));
        JsonNode group = resource(ServerStack.template(SpecMatrix.highlyAvailable(), grown), "Group");

        assertThat(group.at("/Properties/DesiredCapacity").asText()).isEqualTo("5");
        assertThat(group.at("/CreationPolicy/ResourceSignal/Count").asInt()).isEqualTo(5);
        assertThat(group.at("/Properties/MinSize").asText()).isEqualTo("1");
    }

    @Test
    void anInstanceIsGivenLessThanEc2Takes() throws IOException {
        for (StackTemplate template : SpecMatrix.templates().values()) {
            JsonNode data = resource(template, "LaunchTemplate").at("/Properties/LaunchTemplateData/UserData");
            if (!data.isMissingNode()) {
                String text = text(data.path("Fn::Base64"));
                assertThat(text).startsWith("#cloud-config\n");
                assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(BootData.LARGEST - 1024);
            }
        }
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
