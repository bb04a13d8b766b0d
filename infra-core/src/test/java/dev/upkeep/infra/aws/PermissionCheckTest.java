package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.AppPermissions;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What doctor says of the permissions of whoever runs it, which IAM simulates. */
class PermissionCheckTest extends AwsStory {

    private static final String ROLE = "arn:aws:iam::123456789012:role/ci";
    private static final String SESSION = "arn:aws:sts::123456789012:assumed-role/ci/somebody";
    private static final String IMPLICIT = "<EvalDecision>implicitDeny</EvalDecision>";

    @BeforeEach
    void everythingIsThere() {
        Ec2Answers.everythingIsThere(aws);
    }

    private void caller(String arn) {
        aws.usually(
                "GetCallerIdentity",
                call -> ScriptedAnswer.result("<Account>123456789012</Account><Arn>" + arn + "</Arn>"));
    }

    private void decide(Map<String, String> decisions) {
        aws.usually("SimulatePrincipalPolicy", call -> IamAnswers.allowedBut(call, decisions));
    }

    private List<Finding> findings(Finding.Grade grade) {
        return findings().stream().filter(finding -> finding.grade() == grade).toList();
    }

    /** But for that of the registry, which is not asked. */
    private List<Finding> findings() {
        return operator.platform().preflight(AwsOperator.spec()).stream()
                .filter(finding -> !finding.text().contains("the registry"))
                .toList();
    }

    private List<String> said(Finding.Grade grade) {
        return findings(grade).stream().map(Finding::text).toList();
    }

    private Set<String> simulated() {
        Set<String> actions = new TreeSet<>();
        aws.callsOf("SimulatePrincipalPolicy")
                .forEach(call -> actions.addAll(IamAnswers.actions(call).values()));
        return actions;
    }

    private ScriptedCall callAbout(String action) {
        return aws.callsOf("SimulatePrincipalPolicy").stream()
                .filter(call -> IamAnswers.actions(call).containsValue(action))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aUserWhoMayDoEverythingIsSaidTo() {
        assertThat(findings())
                .noneMatch(finding -> finding.grade() != Finding.Grade.OK)
                .anySatisfy(finding -> assertThat(finding.text())
                        .matches(ScriptedAws.OPERATOR + " may do what this stack needs: IAM simulated \\d+ actions"));
        assertThat(aws.sent("SimulatePrincipalPolicy", "PolicySourceArn"))
                .hasSizeBetween(5, 20)
                .containsOnly(ScriptedAws.OPERATOR);
    }

    @Test
    void exactlyWhatTheStackNeedsIsSimulatedAndOnItsOwnResources() {
        findings(Finding.Grade.OK);

        assertThat(simulated())
                .contains("ec2:CreateVpc", "cloudformation:ExecuteChangeSet", "elasticloadbalancing:CreateListener")
                .doesNotContain("acm:RequestCertificate", "ec2:CreateNatGateway", "iam:AttachRolePolicy")
                .doesNotContain("iam:SimulatePrincipalPolicy", "servicequotas:GetServiceQuota")
                .noneMatch(action -> action.contains("*"));
        assertThat(callAbout("ssm:PutParameter").parameter("ResourceArns.member.1"))
                .isEqualTo("arn:aws:ssm:eu-west-1:123456789012:parameter/upkeep/shop/upkeep");
        ScriptedCall passing = callAbout("iam:PassRole");
        assertThat(passing.parameters())
                .containsEntry("ResourceArns.member.1", "arn:aws:iam::123456789012:role/shop-InstanceRole-upkeep")
                .containsValue("iam:PassedToService")
                .containsValue("ec2.amazonaws.com")
                .containsValue("us-east-1");
        assertThat(callAbout("ec2:CreateVpc").parameters())
                .containsEntry("ResourceArns.member.1", "*")
                .containsEntry("ContextEntries.member.1.ContextKeyName", "aws:RequestedRegion")
                .containsEntry("ContextEntries.member.1.ContextKeyValues.member.1", "eu-west-1");
    }

    @Test
    void eachPolicyOfTheApplicationIsSimulatedWithTheBoundary() {
        String boundary = "arn:aws:iam::123456789012:policy/boundary";
        AwsSettings settings = AwsSettings.standard(Optional.of("eu-west-1"))
                .with(new AwsSettings.Server(
                        Optional.empty(),
                        AwsSettings.Server.AMAZON_LINUX,
                        AwsSettings.Server.AMAZON_LINUX,
                        8,
                        0,
                        Optional.of(boundary),
                        false));
        StackSpec spec = StackSpec.builder("shop", "1.0.6")
                .shape(Shape.HIGHLY_AVAILABLE)
                .aws(settings)
                .images(AwsOperator.spec().images())
                .permissions(new AppPermissions(
                        List.of(
                                new AppPermissions.Policy("arn:aws:iam::aws:policy/One"),
                                new AppPermissions.Policy("arn:aws:iam::aws:policy/Two")),
                        List.of()))
                .build();

        operator.platform().preflight(spec);

        List<ScriptedCall> attaching = aws.callsOf("SimulatePrincipalPolicy").stream()
                .filter(call -> IamAnswers.actions(call).containsValue("iam:AttachRolePolicy"))
                .toList();
        assertThat(attaching)
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.parameters())
                        .containsValue(boundary)
                        .containsEntry("ResourceArns.member.1", "arn:aws:iam::123456789012:role/shop-AppRole-upkeep"));
        assertThat(attaching.get(0).parameters()).containsValue("arn:aws:iam::aws:policy/One");
        assertThat(attaching.get(1).parameters()).containsValue("arn:aws:iam::aws:policy/Two");
    }

    @Test
    void whatNoPolicyAllowsIsAProblem() {
        decide(Map.of("ec2:CreateVpc", IMPLICIT, "iam:CreateRole", IMPLICIT));

        assertThat(findings(Finding.Grade.PROBLEM)).singleElement().satisfies(finding -> {
            assertThat(finding.text())
                    .isEqualTo("no policy allows ec2:CreateVpc, iam:CreateRole to " + ScriptedAws.OPERATOR);
            assertThat(finding.next()).isEqualTo("upkeep policy prints all that this stack needs");
        });
    }

    @Test
    void theKindOfPolicyThatDecidesIsSaid() {
        decide(Map.of(
                "ec2:CreateVpc",
                "<EvalDecision>explicitDeny</EvalDecision><MatchedStatements><member><SourcePolicyId>no-networks"
                        + "</SourcePolicyId><SourcePolicyType>IAM Policy</SourcePolicyType></member></MatchedStatements>",
                "iam:CreateRole",
                IMPLICIT + "<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false"
                        + "</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>",
                "ec2:RunInstances",
                IMPLICIT + "<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations>"
                        + "</OrganizationsDecisionDetail>"));

        assertThat(said(Finding.Grade.PROBLEM))
                .containsExactlyInAnyOrder(
                        "the policy no-networks denies ec2:CreateVpc to " + ScriptedAws.OPERATOR,
                        "the permissions boundary of " + ScriptedAws.OPERATOR + " does not allow iam:CreateRole");
        assertThat(said(Finding.Grade.NOTE))
                .containsExactly("a policy of the organization does not allow ec2:RunInstances to "
                        + ScriptedAws.OPERATOR + ", unless by a condition, which IAM does not simulate");
    }

    @Test
    void whatDependsOnSomethingElseIsUnchecked() {
        decide(Map.of(
                "ec2:CreateVpc",
                IMPLICIT + "<MissingContextValues><member>aws:MultiFactorAuthPresent</member></MissingContextValues>"));

        assertThat(said(Finding.Grade.PROBLEM)).isEmpty();
        assertThat(said(Finding.Grade.UNKNOWN))
                .containsExactly("not checked: whether " + ScriptedAws.OPERATOR
                        + " may do ec2:CreateVpc, which depends on aws:MultiFactorAuthPresent");
    }

    @Test
    void manyDeniedActionsAreCounted() {
        aws.usually(
                "SimulatePrincipalPolicy",
                call -> ScriptedAnswer.result(IamAnswers.allowed(call).text().replace("allowed<", "implicitDeny<")));

        assertThat(said(Finding.Grade.PROBLEM))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .matches(
                                "no policy allows autoscaling:[^ ]+, .* and \\d{2,3} more to " + ScriptedAws.OPERATOR));
    }

    @Test
    void anAnswerOnSeveralPagesIsReadToItsEnd() {
        aws.next(
                "SimulatePrincipalPolicy",
                ScriptedAnswer.result("<EvaluationResults/><IsTruncated>true</IsTruncated><Marker>more</Marker>"));
        decide(Map.of("ec2:CreateVpc", IMPLICIT));

        assertThat(said(Finding.Grade.PROBLEM)).hasSize(1);
        assertThat(aws.sent("SimulatePrincipalPolicy", "Marker")).containsOnlyOnce("more");
    }

    @Test
    void whereSimulatingIsNotAllowedNothingIsChecked() {
        aws.usually("SimulatePrincipalPolicy", call -> ScriptedAnswer.denied("iam:SimulatePrincipalPolicy"));

        assertThat(said(Finding.Grade.UNKNOWN))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith("not checked: whether " + ScriptedAws.OPERATOR + " may do what this stack needs (")
                        .endsWith("allow iam:SimulatePrincipalPolicy to this user or role)"));
        assertThat(aws.calls("SimulatePrincipalPolicy")).isOne();
    }

    @Test
    void whoHasTakenARoleIsSimulatedAsThatRole() {
        caller(SESSION);
        aws.usually("GetRole", call -> ScriptedAnswer.result(IamAnswers.role(ROLE.replace("/ci", "/teams/ci"))));

        assertThat(said(Finding.Grade.NOTE)).isEmpty();
        assertThat(aws.sent("GetRole", "RoleName")).containsExactly("ci");
        assertThat(aws.sent("SimulatePrincipalPolicy", "PolicySourceArn"))
                .containsOnly("arn:aws:iam::123456789012:role/teams/ci");
    }

    @Test
    void aRoleThatMayNotBeReadIsTakenToHaveNoPath() {
        caller(SESSION);
        aws.usually("GetRole", call -> ScriptedAnswer.denied("iam:GetRole"));

        assertThat(said(Finding.Grade.NOTE)).isEmpty();
        assertThat(aws.sent("SimulatePrincipalPolicy", "PolicySourceArn")).containsOnly(ROLE);

        aws.usually(
                "SimulatePrincipalPolicy",
                call -> ScriptedAnswer.error(404, "NoSuchEntity", "The role with name ci cannot be found."));
        assertThat(said(Finding.Grade.UNKNOWN))
                .containsExactly("not checked: whether " + SESSION + " may do what this stack needs"
                        + " (IAM simulates a role by its ARN, which has a path that only iam:GetRole tells)");
    }

    @Test
    void aRoleOfSingleSignOnHasAPathThatMustBeRead() {
        caller("arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/me@example.org");
        aws.usually("GetRole", call -> ScriptedAnswer.denied("iam:GetRole"));

        assertThat(findings(Finding.Grade.UNKNOWN))
                .singleElement()
                .satisfies(finding -> assertThat(finding.next())
                        .isEqualTo("allow iam:GetRole on the role AWSReservedSSO_Admin_0123456789abcdef to it,"
                                + " or compare with upkeep policy"));
        assertThat(aws.calls("SimulatePrincipalPolicy")).isZero();
    }

    @Test
    void nobodyLimitsTheRootUserAndAFederatedOneCannotBeSimulated() {
        caller("arn:aws:iam::123456789012:root");
        assertThat(said(Finding.Grade.NOTE))
                .containsExactly("these are credentials of the root user, whom no policy of the account limits");

        caller("arn:aws:sts::123456789012:federated-user/guest");
        assertThat(said(Finding.Grade.UNKNOWN))
                .containsExactly("not checked: whether arn:aws:sts::123456789012:federated-user/guest may do what"
                        + " this stack needs (IAM simulates users and roles only)");
        assertThat(aws.calls("SimulatePrincipalPolicy")).isZero();
    }
}
