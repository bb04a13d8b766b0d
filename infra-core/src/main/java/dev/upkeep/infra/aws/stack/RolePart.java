package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an instance may do: its role, a statement for each purpose. */
final class RolePart {

    static final String ROLE = "InstanceRole";
    static final String PROFILE = "InstanceProfile";

    private static final String ARN = "arn:${AWS::Partition}:";
    private static final String HERE = ":${AWS::Region}:${AWS::AccountId}:";

    private final Design design;

    RolePart(Design design) {
        this.design = design;
    }

    List<Resource> resources() {
        Fields trust = policy(List.of(Fields.of("Effect", "Allow")
                .with("Principal", Fields.of("Service", "ec2.amazonaws.com"))
                .with("Action", "sts:AssumeRole")));
        Fields properties = Fields.of("Description", "What the instances of " + design.name() + " may do")
                .with("AssumeRolePolicyDocument", trust)
                .withIfAny(
                        "PermissionsBoundary",
                        design.aws().server().permissionsBoundary().map(Value::of))
                .with(
                        "Policies",
                        Value.list(Fields.of("PolicyName", "instance").with("PolicyDocument", policy(statements()))));
        return List.of(
                Resource.of(ROLE, "AWS::IAM::Role", properties)
                        .although("CKV_AWS_111", "What the agent of Systems Manager calls has no resources to name."),
                Resource.of(PROFILE, "AWS::IAM::InstanceProfile", Fields.of("Roles", Value.list(Value.ref(ROLE)))));
    }

    static Fields policy(List<? extends Value> statements) {
        return Fields.of("Version", "2012-10-17").with("Statement", Value.list(statements));
    }

    private List<Value> statements() {
        List<Value> statements = new ArrayList<>();
        String stack = design.name();
        statements.add(allow("LogInToRegistry", Value.of("*"), "ecr:GetAuthorizationToken"));
        statements.add(allow(
                "PullImagesOfThisStack",
                Value.filled(ARN + "ecr" + HERE + "repository/" + stack + "/*"),
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer"));
        statements.add(allow(
                "ReadReleaseOfThisStack",
                Value.filled(ARN + "ssm" + HERE + "parameter" + BaseStack.parameters(stack) + "*"),
                "ssm:GetParameter"));
        statements.addAll(new SecretsPart(design).statements());
        if (!design.spec().permissions().isEmpty()) {
            // By the name that CloudFormation makes: the two roles cannot both name each other.
            String role = "role/${AWS::StackName}-" + AppRolePart.ROLE + "-*";
            statements.add(allow(
                    "TakeTheRoleOfTheApplication",
                    Value.filled(ARN + "iam::${AWS::AccountId}:" + role),
                    "sts:AssumeRole"));
        }
        statements.add(allow(
                "WriteLogOfThisStack",
                Value.filled(ARN + "logs" + HERE + "log-group:" + BaseStack.logGroup(stack) + ":*"),
                "logs:CreateLogStream",
                "logs:PutLogEvents"));
        statements.add(allow(
                "SignalThisStack",
                Value.filled(ARN + "cloudformation" + HERE + "stack/${AWS::StackName}/*"),
                "cloudformation:SignalResource"));
        statements.add(onlyTagged(
                "SayThatItIsUnhealthy",
                "autoscaling:ResourceTag/",
                Value.filled(ARN + "autoscaling" + HERE + "autoScalingGroup:*:autoScalingGroupName/*"),
                "autoscaling:SetInstanceHealth"));
        if (design.isBalanced()) {
            statements.add(allow("ReadItsTargetHealth", Value.of("*"), "elasticloadbalancing:DescribeTargetHealth"));
        } else {
            statements.add(allow("SeeWhoHasTheAddress", Value.of("*"), "ec2:DescribeAddresses"));
            statements.add(onlyTagged(
                    "TakeTheAddress",
                    "aws:ResourceTag/",
                    Value.list(
                            Value.filled(ARN + "ec2" + HERE + "elastic-ip/*"),
                            Value.filled(ARN + "ec2" + HERE + "instance/*"),
                            Value.filled(ARN + "ec2" + HERE + "network-interface/*")),
                    "ec2:AssociateAddress"));
        }
        statements.add(allow(
                "RunCommand",
                Value.of("*"),
                "ssm:UpdateInstanceInformation",
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel",
                "ec2messages:AcknowledgeMessage",
                "ec2messages:GetEndpoint",
                "ec2messages:GetMessages",
                "ec2messages:SendReply"));
        return statements;
    }

    private static Fields allow(String purpose, Value resource, String... actions) {
        return statement(purpose, resource, Optional.empty(), actions);
    }

    private Fields onlyTagged(String purpose, String key, Value resource, String... actions) {
        Fields condition = Fields.of("StringEquals", Fields.of(key + Design.STACK_TAG, design.name()));
        return statement(purpose, resource, Optional.of(condition), actions);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // most statements have no condition
    private static Fields statement(String purpose, Value resource, Optional<Fields> condition, String... actions) {
        return Fields.of("Sid", purpose)
                .with("Effect", "Allow")
                .with("Action", Value.texts(actions))
                .with("Resource", resource)
                .withIfAny("Condition", condition);
    }
}
