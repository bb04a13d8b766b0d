package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.plan.FieldChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableFieldsTest {

    private static FieldChange readable(String field, String from, String to) {
        return ReadableFields.of(List.of(new FieldChange(field, from, to))).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "LaunchTemplateData/InstanceType, instance type",
        "LaunchTemplateData/BlockDeviceMappings//dev/xvda/Ebs/VolumeSize, disk size in GB",
        "MinSize, fewest instances",
        "DesiredCapacity, instances",
        "HealthCheckType, HealthCheckType",
        "TheMinSize, TheMinSize",
    })
    void theUsualOnesHaveUsualWords(String field, String words) {
        assertThat(readable(field, "1", "2")).isEqualTo(new FieldChange(words, "1", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MasterPassword", "Environment/API_KEY", "ClientSecret", "AuthToken", "PrivateKey"})
    void secretsAreNotShown(String field) {
        assertThat(readable(field, "", "hunter2")).isEqualTo(new FieldChange(field, "", "(not shown)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MetadataOptions/HttpTokens", "SecretArn"})
    void whatOnlySoundsLikeASecretIsShown(String field) {
        assertThat(readable(field, "a", "b")).isEqualTo(new FieldChange(field, "a", "b"));
    }

    @Test
    void ofLongValuesThePlaceIsShownWhereTheyDiffer() {
        String same = "x".repeat(200);

        assertThat(readable("Description", same + "one" + same, same + "two" + same))
                .isEqualTo(new FieldChange(
                        "Description",
                        "…" + "x".repeat(15) + "one" + "x".repeat(42) + "…",
                        "…" + "x".repeat(15) + "two" + "x".repeat(42) + "…"));
    }

    @Test
    void ofAScriptOnlyItsSizeIsShown() {
        FieldChange other = readable(
                "LaunchTemplateData/UserData",
                "{\"Fn::Base64\":{\"Fn::Join\":[\"\\n\",[\"a\",\"SECRET=1\",{\"Ref\":\"X\"}]]}}",
                "{\"Fn::Base64\":{\"Fn::Join\":[\"\\n\",[\"a\",\"SECRET=2\",{\"Ref\":\"X\"},\"d\"]]}}");

        assertThat(other).isEqualTo(new FieldChange("user data", "3 lines", "4 lines, 2 of them new, 1 gone"));
    }

    @Test
    void whatIsNotKnownYetIsSaidInWords() {
        assertThat(readable("SubnetId", "subnet-1", "{{changeSet:KNOWN_AFTER_APPLY}}"))
                .isEqualTo(new FieldChange("SubnetId", "subnet-1", "(known when it is made)"));
        assertThat(readable("CreationPolicy", "", "").to()).isEqualTo("(changes with what it refers to)");
    }
}
