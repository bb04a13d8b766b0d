package dev.upkeep.infra.aws.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator has to be allowed for the roles of a stack, and no other roles: their names are those that CloudFormation makes, which begin with those
 * of the stack and of the resource. Where the spec names a permissions boundary, no role can be made or given more without it, and none can lose it.
 */
final class OperatorRoles {

    private static final String ROLE = "AWS::IAM::Role";
    private static final String PROFILE = "AWS::IAM::InstanceProfile";

    private static final String BOUNDARY = "iam:PermissionsBoundary";

    /** Who may pass, and for whom AWS may make a role of its own at the first use in an account. */
    private static final String EC2 = "ec2.amazonaws.com";

    private final Design design;
    private final Set<String> types;
    private final String stack;

    OperatorRoles(Design design, Set<String> types) {
        this(design, types, design.name());
    }

    /**
     * Those of one stack of CloudFormation.
     *
     * @param stack its name
     */
    OperatorRoles(Design design, Set<String> types, String stack) {
        this.design = design;
        this.types = types;
        this.stack = stack;
    }

    static boolean isOne(String type) {
        return type.equals(ROLE) || type.equals(PROFILE);
    }

    List<OperatorStatement> statements() {
        List<OperatorStatement> statements = new ArrayList<>(ofRoles());
        statements.add(firstOfTheAccount());
        return statements;
    }

    /** Without those that AWS makes itself. */
    List<OperatorStatement> ofRoles() {
        List<OperatorStatement> statements = new ArrayList<>(List.of(keeping(), writing(), profile(), passing()));
        attaching().ifPresent(statements::add);
        return statements;
    }

    private String[] roles() {
        return design.spec().permissions().isEmpty()
                ? new String[] {named("role", RolePart.ROLE)}
                : new String[] {named("role", RolePart.ROLE), named("role", AppRolePart.ROLE)};
    }

    private String named(String kind, String resource) {
        return "arn:aws:iam::*:" + kind + "/" + stack + "-" + resource + "-*";
    }

    /** None of these gives a role anything. Who may take it is a part of its making, and could be written there too. */
    private OperatorStatement keeping() {
        return OperatorStatement.of(
                "KeepRoles",
                List.of(
                        "iam:DeleteRole",
                        "iam:DeleteRolePolicy",
                        "iam:DetachRolePolicy",
                        "iam:GetRole",
                        "iam:GetRolePolicy",
                        "iam:ListAttachedRolePolicies",
                        "iam:ListRolePolicies",
                        "iam:TagRole",
                        "iam:UntagRole",
                        "iam:UpdateAssumeRolePolicy",
                        "iam:UpdateRole",
                        "iam:UpdateRoleDescription"),
                roles());
    }

    private OperatorStatement writing() {
        List<String> actions = new ArrayList<>(List.of("iam:CreateRole", "iam:PutRolePolicy"));
        if (boundary().isPresent()) {
            actions.add("iam:PutRolePermissionsBoundary");
        }
        return bounded(OperatorStatement.of("MakeRoles", actions, roles()));
    }

    /** No policies but those of the spec, and these to the application only. */
    private Optional<OperatorStatement> attaching() {
        List<String> policies = design.spec().permissions().policies().stream()
                .map(policy -> policy.arn())
                .toList();
        return policies.isEmpty()
                ? Optional.empty()
                : Optional.of(bounded(OperatorStatement.of(
                                "AttachPolicies", List.of("iam:AttachRolePolicy"), named("role", AppRolePart.ROLE))
                        .onlyIf("ArnEquals", "iam:PolicyARN", policies)));
    }

    private OperatorStatement profile() {
        return OperatorStatement.of(
                "Profile",
                List.of(
                        "iam:AddRoleToInstanceProfile",
                        "iam:CreateInstanceProfile",
                        "iam:DeleteInstanceProfile",
                        "iam:GetInstanceProfile",
                        "iam:RemoveRoleFromInstanceProfile"),
                named("instance-profile", RolePart.PROFILE));
    }

    private OperatorStatement passing() {
        return OperatorStatement.of("PassRole", List.of("iam:PassRole"), named("role", RolePart.ROLE))
                .onlyIfEquals("iam:PassedToService", List.of(EC2));
    }

    private OperatorStatement firstOfTheAccount() {
        List<String> services = new ArrayList<>(List.of("autoscaling.amazonaws.com"));
        if (design.isBalanced()) {
            services.add("elasticloadbalancing.amazonaws.com");
        }
        if (types.contains("AWS::EC2::InstanceConnectEndpoint")) {
            services.add("ec2-instance-connect.amazonaws.com");
        }
        return OperatorStatement.of(
                        "ServiceRoles",
                        List.of("iam:CreateServiceLinkedRole"),
                        "arn:aws:iam::*:role/aws-service-role/*")
                .onlyIfEquals("iam:AWSServiceName", services);
    }

    private OperatorStatement bounded(OperatorStatement statement) {
        return boundary()
                .map(arn -> statement.onlyIfEquals(BOUNDARY, List.of(arn)))
                .orElse(statement);
    }

    private Optional<String> boundary() {
        return design.aws().server().permissionsBoundary();
    }
}
