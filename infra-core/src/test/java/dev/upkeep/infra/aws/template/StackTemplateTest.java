package dev.upkeep.infra.aws.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StackTemplateTest {

    private static final Resource BUCKET = Resource.of(
                    "Bucket",
                    "AWS::S3::Bucket",
                    Fields.of("Name", Value.filled("${AWS::StackName}-b"))
                            .with("Size", 3)
                            .with("Open", false)
                            .with("Of", Value.attribute("Key", "Arn"))
                            .with("In", Value.list(Value.ref("Net"), new Value.Zone(1)))
                            .with(
                                    "Data",
                                    new Value.Encoded(new Value.Joined("\n", List.of(Value.of("a"), Value.of("b"))))))
            .after(List.of("Net"))
            .with("DeletionPolicy", Value.of("Retain"))
            .although("CKV_1", "it is so");

    private static JsonNode json(StackTemplate template) throws IOException {
        return new ObjectMapper().readTree(template.json());
    }

    @Test
    void everyKindOfValueIsWrittenAsCloudFormationReadsIt() throws IOException {
        JsonNode bucket = json(new StackTemplate("Test", List.of(), List.of(BUCKET), List.of(), Map.of()))
                .at("/Resources/Bucket");

        assertThat(bucket).isEqualTo(new ObjectMapper().readTree("""
                {"Type": "AWS::S3::Bucket", "DependsOn": ["Net"], "DeletionPolicy": "Retain",
                 "Metadata": {"checkov": {"skip": [{"id": "CKV_1", "comment": "it is so"}]}},
                 "Properties": {"Name": {"Fn::Sub": "${AWS::StackName}-b"}, "Size": 3, "Open": false,
                  "Of": {"Fn::GetAtt": ["Key", "Arn"]},
                  "In": [{"Ref": "Net"}, {"Fn::Select": [1, {"Fn::GetAZs": ""}]}],
                  "Data": {"Fn::Base64": {"Fn::Join": ["\\n", ["a", "b"]]}}}}
                """));
    }

    @Test
    void whatAResourceNamesInAnyWayHasToStandBeforeIt() {
        Value named = new Value.Encoded(new Value.Joined(
                "", List.of(Value.filled("${Sub}:${Part.Arn}:${!NotOne}:${AWS::Region}"), Value.ref("Ref"))));
        Resource all = Resource.of("All", "T", Fields.of("In", Value.list(named, Value.attribute("Att", "Arn"))))
                .after(List.of("Depends"))
                .with("UpdatePolicy", Fields.of("By", Value.ref("Policy")))
                .with("Itself", Value.ref("All"));
        List<Resource> resources = Stream.of("Ref", "Att", "Sub", "Part", "NotOne", "Depends", "Policy", "Unrelated")
                .map(name -> Resource.of(name, "T", Fields.none()))
                .collect(Collectors.toCollection(ArrayList::new));
        resources.add(all);

        assertThat(new StackTemplate("Test", List.of(), resources, List.of(), Map.of()).needs(all))
                .containsExactly("Ref", "Att", "Sub", "Part", "Depends", "Policy");
    }

    @Test
    void reasonsAndOutputsStandInIt() throws IOException {
        JsonNode root = json(new StackTemplate(
                "Test",
                List.of(),
                List.of(BUCKET),
                List.of(new StackTemplate.Output("Id", BUCKET.ref(), "Which")),
                Map.of("W1", "because")));

        assertThat(root.at("/Metadata/cfn-lint/config/ignore_checks/0").asText())
                .isEqualTo("W1");
        assertThat(root.at("/Metadata/Reasons/W1").asText()).isEqualTo("because");
        assertThat(root.at("/Outputs/Id/Value/Ref").asText()).isEqualTo("Bucket");
    }

    @Test
    void twoResourcesOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StackTemplate("Test", List.of(), List.of(BUCKET, BUCKET), List.of(), Map.of()))
                .withMessage("two resources are called Bucket");
    }

    @Test
    void fieldsKeepTheirOrderAndReplaceInPlace() {
        Fields fields = Fields.of("b", "1").with("a", "2").with("b", "3");

        assertThat(fields.values().keySet()).containsExactly("b", "a");
        assertThat(fields).isEqualTo(Fields.of("b", "3").with("a", "2"));
    }
}
