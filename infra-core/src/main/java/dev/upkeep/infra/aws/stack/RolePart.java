package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import java.util.ArrayList;
import java.util.List;

/** What an instance may do: its role, a statement for each purpose. */
final class RolePart {

    static final String ROLE = "InstanceRole";
    static final String PROFILE = "InstanceProfile";

    private final Design design;

    RolePart(Design design) {
        this.design = design;
    }

    /** For instances that users reach. */
    List<Resource> resources() {
        List<Value> statements = new ArrayList<>(starting());
        statements.addAll(serving());
        return List.of(
                role(statements)
                        .although("CKV_AWS_111", "What the agent of Systems Manager calls has no resources to name."),
                profile());
    }

    /** For an instance that nobody reaches: it starts what the stack serves, and no more. */
    List<Resource> resourcesToStart() {
        return List.of(role(starting()), profile());
    }

    private static Resource profile() {
        return Resource.of(PROFILE, "AWS::IAM::InstanceProfile", Fields.of("Roles", Value.list(Value.ref(ROLE))));
    }

    private Resource role(List<Value> statements) {
        Fields trust = Fields.of("Effect", "Allow")
                .with("Principal", Fields.of("Service", "ec2.amazonaws.com"))
                .with("Action", "sts:AssumeRole");
        Fields properties = IamPolicy.role("What the instances of " + design.name() + " may do", trust, design)
                .with(
                        "Policies",
                        Value.list(Fields.of("PolicyName", "instance")
                                .with("PolicyDocument", IamPolicy.document(statements))));
        return Resource.of(ROLE, "AWS::IAM::Role", properties);
    }

    /** What it takes to start the release, and to tell how that went. */
    private List<Value> starting() {
        List<Value> statements = new ArrayList<>();
        String stack = design.name();
        if (design.usesEcr()) {
            statements.add(allow("LogInToRegistry", Value.of("*"), "ecr:GetAuthorizationToken"));
            statements.add(allow(
                    "PullImagesOfThisStack",
                    IamPolicy.here("ecr", "repository/" + OwnRepositories.path(design.spec()) + stack + "/*"),
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer"));
        }
        statements.add(allow(
                "ReadReleaseOfThisStack",
                IamPolicy.here("ssm", "parameter" + BaseStack.parameters(stack) + "*"),
                "ssm:GetParameter"));
        statements.addAll(new SecretsPart(design).statements());
        if (!design.spec().permissions().isEmpty()) {
            // By the name that CloudFormation makes: the two roles cannot both name each other.
            String role = "role/${AWS::StackName}-" + AppRolePart.ROLE + "-*";
            statements.add(allow("TakeTheRoleOfTheApplication", IamPolicy.anywhere("iam", role), "sts:AssumeRole"));
        }
        statements.add(allow(
                "WriteLogOfThisStack",
                IamPolicy.here("logs", "log-group:" + BaseStack.logGroup(stack) + ":*"),
                "logs:CreateLogStream",
                "logs:PutLogEvents"));
        statements.add(allow(
                "SignalThisStack",
                IamPolicy.here("cloudformation", "stack/${AWS::StackName}/*"),
                "cloudformation:SignalResource"));
        return statements;
    }

    /** What it takes to serve users, and to be repaired. */
    private List<Value> serving() {
        List<Value> statements = new ArrayList<>();
        statements.add(onlyTagged(
                "SayThatItIsUnhealthy",
                "autoscaling:ResourceTag/",
                IamPolicy.here("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*"),
                "autoscaling:SetInstanceHealth"));
        if (design.isBalanced()) {
            statements.add(allow("ReadItsTargetHealth", Value.of("*"), "elasticloadbalancing:DescribeTargetHealth"));
        } else {
            statements.add(allow("SeeWhoHasTheAddress", Value.of("*"), "ec2:DescribeAddresses"));
            statements.addAll(takingTheAddress());
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
                "ec2messages:DeleteMessage",
                "ec2messages:FailMessage",
                "ec2messages:GetEndpoint",
                "ec2messages:GetMessages",
                "ec2messages:SendReply"));
        return statements;
    }

    /** An address that was brought along has no tag of the stack, and may not be given one: it belongs to somebody else. */
    private List<Value> takingTheAddress() {
        String action = "ec2:AssociateAddress";
        String tag = "aws:ResourceTag/";
        Value instance = IamPolicy.here("ec2", "instance/*");
        Value networkInterface = IamPolicy.here("ec2", "network-interface/*");
        return design.allocation()
                .<List<Value>>map(allocation -> List.of(
                        allow("TakeTheAddress", IamPolicy.here("ec2", "elastic-ip/" + allocation), action),
                        onlyTagged("ForItself", tag, Value.list(instance, networkInterface), action)))
                .orElseGet(() -> List.of(onlyTagged(
                        "TakeTheAddress",
                        tag,
                        Value.list(IamPolicy.here("ec2", "elastic-ip/*"), instance, networkInterface),
                        action)));
    }

    private static Fields allow(String purpose, Value resource, String... actions) {
        return IamPolicy.allow(purpose, Value.texts(actions), resource);
    }

    private Fields onlyTagged(String purpose, String key, Value resource, String... actions) {
        return allow(purpose, resource, actions)
                .with("Condition", Fields.of("StringEquals", Fields.of(key + Design.STACK_TAG, design.name())));
    }
}
