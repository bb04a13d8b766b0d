package dev.upkeep.infra.aws.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class OperatorPolicyTest {

    private static final List<String> IMAGES = List.of("edge", "web", "app");
    private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";

    private static StackSpec bounded() {
        return StackSpec.builder("shop", "1.0.6")
                .permissions(SpecMatrix.permissions())
                .aws(AwsSettings.standard(Optional.of("eu-west-1"))
                        .with(new AwsSettings.Server(
                                Optional.empty(),
                                AwsSettings.Server.AMAZON_LINUX,
                                AwsSettings.Server.AMAZON_LINUX,
                                8,
                                0,
                                Optional.of(BOUNDARY),
                                false)))
                .build();
    }

    private static JsonNode policy(StackSpec spec, List<String> images) throws IOException {
        return new ObjectMapper().readTree(OperatorPolicy.json(spec, images)).path("Statement");
    }

    private static List<JsonNode> allowing(StackSpec spec, String action) throws IOException {
        return allowing(spec, IMAGES, action);
    }

    private static List<JsonNode> allowing(StackSpec spec, List<String> images, String action) throws IOException {
        return StreamSupport.stream(policy(spec, images).spliterator(), false)
                .filter(statement -> StreamSupport.stream(
                                statement.path("Action").spliterator(), false)
                        .anyMatch(glob -> Pattern.matches(glob.asText().replace("*", ".*"), action)))
                .toList();
    }

    private static JsonNode only(StackSpec spec, String action) throws IOException {
        assertThat(allowing(spec, action)).as(action).hasSize(1);
        return allowing(spec, action).get(0);
    }

    @Test
    void whatIsSimulatedIsWhatThePolicyAllows() throws IOException {
        for (StackSpec spec :
                List.of(SpecMatrix.single(), SpecMatrix.broughtAddress(), SpecMatrix.highlyAvailable(), bounded())) {
            Set<String> actions = new HashSet<>();
            OperatorPolicy.permissions(spec, IMAGES).forEach(permission -> actions.addAll(permission.actions()));

            assertThat(actions).hasSizeGreaterThan(100).noneMatch(action -> action.contains("*"));
            for (String action : actions) {
                assertThat(allowing(spec, action)).as(action).isNotEmpty();
            }
            assertThat(OperatorPolicy.json(spec, IMAGES).replaceAll("\\s", ""))
                    .hasSizeLessThanOrEqualTo(OperatorPolicy.LARGEST);
        }
    }

    /** A pattern for a thing, such as a launch template, would match what changes it, too. */
    @Test
    void whatIsAllowedForReadingOnlyReads() throws IOException {
        for (StackSpec spec : List.of(SpecMatrix.single(), SpecMatrix.broughtAddress(), SpecMatrix.highlyAvailable())) {
            for (String policy : List.of(OperatorPolicy.json(spec, IMAGES), ImagePolicy.json(spec))) {
                List<String> reading = StreamSupport.stream(
                                new ObjectMapper()
                                        .readTree(policy)
                                        .path("Statement")
                                        .spliterator(),
                                false)
                        .filter(statement -> statement.path("Sid").asText().equals("Read"))
                        .flatMap(statement ->
                                StreamSupport.stream(statement.path("Action").spliterator(), false))
                        .map(JsonNode::asText)
                        .toList();

                assertThat(reading)
                        .isNotEmpty()
                        .filteredOn(action -> action.contains("*"))
                        .allMatch(action -> action.matches("[a-z0-9]+:(Describe|Get|List).*"));
            }
        }
    }

    @Test
    void rolesAreThoseOfTheStackAndPassToInstancesOnly() throws IOException {
        StackSpec spec = SpecMatrix.single();
        String role = "\"arn:aws:iam::*:role/shop-InstanceRole-*\"";

        for (String action :
                List.of("iam:CreateRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:PassRole")) {
            assertThat(only(spec, action).path("Resource")).as(action).hasToString(role);
        }
        assertThat(only(spec, "iam:PassRole").path("Condition"))
                .hasToString("{\"StringEquals\":{\"iam:PassedToService\":\"ec2.amazonaws.com\"}}");
        assertThat(only(spec, "iam:AddRoleToInstanceProfile").path("Resource").asText())
                .isEqualTo("arn:aws:iam::*:instance-profile/shop-InstanceProfile-*");
        assertThat(only(spec, "iam:CreateServiceLinkedRole").path("Condition"))
                .hasToString("{\"StringEquals\":{\"iam:AWSServiceName\":\"autoscaling.amazonaws.com\"}}");
    }

    @Test
    void policiesThatTheSpecDoesNotNameCannotBeAttached() throws IOException {
        assertThat(allowing(SpecMatrix.single(), "iam:AttachRolePolicy")).isEmpty();

        JsonNode attaching = only(bounded(), "iam:AttachRolePolicy");
        assertThat(attaching.path("Resource").asText()).isEqualTo("arn:aws:iam::*:role/shop-AppRole-*");
        assertThat(attaching.at("/Condition/ArnEquals"))
                .hasToString("{\"iam:PolicyARN\":\"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\"}");
    }

    @Test
    void aBoundaryCannotBeLeftOutOrTakenAway() throws IOException {
        for (String action : List.of(
                "iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary")) {
            assertThat(only(bounded(), action)
                            .at("/Condition/StringEquals/iam:PermissionsBoundary")
                            .asText())
                    .as(action)
                    .isEqualTo(BOUNDARY);
        }
        for (StackSpec spec : List.of(SpecMatrix.single(), bounded())) {
            assertThat(allowing(spec, "iam:DeleteRolePermissionsBoundary")).isEmpty();
        }
        assertThat(allowing(SpecMatrix.single(), "iam:PutRolePermissionsBoundary"))
                .isEmpty();
    }

    @Test
    void whatNobodyCanNameBeforehandIsDeletedByItsTagOnly() throws IOException {
        for (String action : List.of("ec2:DeleteVpc", "ec2:DeleteSecurityGroup", "ec2:ReleaseAddress")) {
            assertThat(only(SpecMatrix.single(), action).path("Condition"))
                    .as(action)
                    .hasToString("{\"StringEquals\":{\"aws:ResourceTag/upkeep:stack\":\"shop\"}}");
        }
        assertThat(only(SpecMatrix.single(), "autoscaling:DeleteAutoScalingGroup")
                        .path("Resource")
                        .asText())
                .isEqualTo("arn:aws:autoscaling:eu-west-1:*:autoScalingGroup:*:autoScalingGroupName/shop-Group-*");
        assertThat(only(SpecMatrix.single(), "ec2:CreateVpc").path("Condition"))
                .hasToString("{\"StringEquals\":{\"aws:RequestedRegion\":\"eu-west-1\"}}");
    }

    @Test
    void recordsAreThoseOfTheNameOnly() throws IOException {
        StackSpec spec = StackSpec.builder("shop", "1.0.6")
                .domain("www.example.org", "example.org")
                .aws("eu-west-1")
                .build();

        assertThat(only(spec, "route53:ChangeResourceRecordSets")
                        .at("/Condition/ForAllValues:StringLike/route53:ChangeResourceRecordSetsNormalizedRecordNames"))
                .hasToString("[\"www.example.org\",\"*.www.example.org\"]");
        assertThat(allowing(SpecMatrix.single(), "route53:ChangeResourceRecordSets"))
                .isEmpty();
    }

    @Test
    void imagesThatGoElsewhereNeedNoRepositoryHereAndNoRightsBeyondAmazonsRegistries() throws IOException {
        assertThat(only(SpecMatrix.single(), "ecr:CreateRepository")
                        .path("Resource")
                        .asText())
                .isEqualTo("arn:aws:ecr:eu-west-1:*:repository/shop/*");
        StackSpec elsewhere = SpecMatrix.single().withRegistry("registry.example.org");
        StackSpec ofTheCompany = SpecMatrix.single().withRegistry("210987654321.dkr.ecr.us-east-1.amazonaws.com/team");

        for (String action : List.of("ecr:CreateRepository", "ecr:PutImage", "ecr:GetAuthorizationToken")) {
            assertThat(allowing(elsewhere, List.of(), action)).as(action).isEmpty();
        }
        assertThat(allowing(ofTheCompany, List.of(), "ecr:CreateRepository")).isEmpty();
        assertThat(allowing(ofTheCompany, List.of(), "ecr:GetAuthorizationToken"))
                .hasSize(1);
        assertThat(allowing(ofTheCompany, List.of(), "ecr:PutImage"))
                .extracting(statement -> statement.path("Resource").asText())
                .containsExactly("arn:aws:ecr:us-east-1:210987654321:repository/team/shop/*");
    }

    @Test
    void noSecretOfAnInstanceCanBeRead() throws IOException {
        for (String action : List.of("ec2:GetPasswordData", "ssm:GetParameter")) {
            assertThat(allowing(SpecMatrix.single(), action))
                    .as(action)
                    .noneMatch(statement -> statement.path("Resource").asText().equals("*"));
        }
    }

    @Test
    void commandsGoToInstancesOfTheStackOnlyAndAreOfOneKind() throws IOException {
        List<JsonNode> sending = allowing(SpecMatrix.highlyAvailable(), "ssm:SendCommand");

        assertThat(sending).hasSize(2);
        assertThat(sending.get(0).path("Resource").asText())
                .startsWith("arn:aws:ssm:")
                .endsWith("::document/AWS-RunShellScript");
        assertThat(sending.get(1).path("Resource").asText())
                .startsWith("arn:aws:ec2:")
                .endsWith(":*:instance/*");
        assertThat(sending.get(1).at("/Condition/StringEquals"))
                .hasToString("{\"ssm:resourceTag/upkeep:stack\":\"shop\"}");
        for (String action :
                List.of("ssm:CancelCommand", "ssm:DescribeInstanceInformation", "ssm:GetCommandInvocation")) {
            assertThat(allowing(SpecMatrix.single(), action))
                    .as(action)
                    .anyMatch(statement -> statement.path("Resource").asText().equals("*"));
        }
    }

    @Test
    void anAddressThatIsBroughtAlongIsLookedAtAndNeitherMadeNorReleased() throws IOException {
        StackSpec spec = SpecMatrix.broughtAddress();

        assertThat(allowing(spec, "ec2:DescribeAddresses")).hasSize(1);
        assertThat(OperatorPolicy.permissions(spec, IMAGES))
                .flatMap(OperatorPermission::actions)
                .contains("ec2:DescribeAddresses")
                .doesNotContain("ec2:AllocateAddress", "ec2:AssociateAddress", "ec2:ReleaseAddress");
    }
}
