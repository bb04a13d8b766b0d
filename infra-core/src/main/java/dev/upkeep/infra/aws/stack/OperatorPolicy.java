package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the person or the program that runs Upkeep has to be allowed for one spec: an IAM policy with what the two stacks of that spec consist of, and
 * no more. CloudFormation acts with the rights of its caller, so that each type of resource asks for the actions that its handlers name in the
 * <a href="https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html">schema of the type</a>; those of
 * properties that Upkeep does not use are left out.
 */
public final class OperatorPolicy {

    /** The most that IAM takes as a managed policy, in characters without white space. */
    public static final int LARGEST = 6_144;

    private static final String ANYTHING = "*";
    private static final String EC2 = "ec2:";
    private static final String BALANCING = "elasticloadbalancing:";
    private static final String SCALING = "autoscaling:";
    private static final String ROLES = "iam:";

    /** The services whose resources have names that nobody knows beforehand, or that can be named in no policy. */
    private static final Set<String> UNNAMED = Set.of(EC2, BALANCING, SCALING);

    /** What the handlers of each type do with what Upkeep sets, beside reading. */
    private static final Map<String, List<String>> ACTIONS = Map.ofEntries(
            type("AWS::EC2::VPC", EC2, "CreateVpc", "DeleteVpc", "ModifyVpcAttribute"),
            type("AWS::EC2::InternetGateway", EC2, "CreateInternetGateway", "DeleteInternetGateway"),
            type("AWS::EC2::VPCGatewayAttachment", EC2, "AttachInternetGateway", "DetachInternetGateway"),
            type("AWS::EC2::RouteTable", EC2, "CreateRouteTable", "DeleteRouteTable"),
            type("AWS::EC2::Route", EC2, "CreateRoute", "DeleteRoute", "ReplaceRoute"),
            type("AWS::EC2::Subnet", EC2, "CreateSubnet", "DeleteSubnet", "ModifySubnetAttribute"),
            type(
                    "AWS::EC2::SubnetRouteTableAssociation",
                    EC2,
                    "AssociateRouteTable",
                    "DisassociateRouteTable",
                    "ReplaceRouteTableAssociation"),
            type("AWS::EC2::VPCEndpoint", EC2, "CreateVpcEndpoint", "DeleteVpcEndpoints", "ModifyVpcEndpoint"),
            type("AWS::EC2::EIP", EC2, "AllocateAddress", "AssociateAddress", "DisassociateAddress", "ReleaseAddress"),
            type("AWS::EC2::NatGateway", EC2, "CreateNatGateway", "DeleteNatGateway"),
            type(
                    "AWS::EC2::SecurityGroup",
                    EC2,
                    "AuthorizeSecurityGroup*",
                    "CreateSecurityGroup",
                    "DeleteSecurityGroup",
                    "RevokeSecurityGroup*",
                    "UpdateSecurityGroupRuleDescriptions*"),
            type(
                    "AWS::EC2::InstanceConnectEndpoint",
                    EC2,
                    "CreateInstanceConnectEndpoint",
                    "CreateNetworkInterface",
                    "DeleteInstanceConnectEndpoint"),
            type(
                    "AWS::EC2::LaunchTemplate",
                    EC2,
                    "CreateLaunchTemplate",
                    "CreateLaunchTemplateVersion",
                    "DeleteLaunchTemplate",
                    "GetLaunchTemplateData"),
            type(
                    "AWS::AutoScaling::AutoScalingGroup",
                    SCALING,
                    "AttachLoadBalancerTargetGroups",
                    "CreateAutoScalingGroup",
                    "CreateOrUpdateTags",
                    "DeleteAutoScalingGroup",
                    "DeleteTags",
                    "DetachLoadBalancerTargetGroups",
                    "ResumeProcesses",
                    "SuspendProcesses",
                    "UpdateAutoScalingGroup"),
            type("AWS::AutoScaling::ScalingPolicy", SCALING, "DeletePolicy", "PutScalingPolicy"),
            type(
                    "AWS::ElasticLoadBalancingV2::LoadBalancer",
                    BALANCING,
                    "AddTags",
                    "CreateLoadBalancer",
                    "DeleteLoadBalancer",
                    "ModifyLoadBalancerAttributes",
                    "RemoveTags",
                    "SetSecurityGroups",
                    "SetSubnets"),
            type(
                    "AWS::ElasticLoadBalancingV2::TargetGroup",
                    BALANCING,
                    "CreateTargetGroup",
                    "DeleteTargetGroup",
                    "DeregisterTargets",
                    "ModifyTargetGroup",
                    "ModifyTargetGroupAttributes",
                    "RegisterTargets"),
            type(
                    "AWS::ElasticLoadBalancingV2::Listener",
                    BALANCING,
                    "CreateListener",
                    "DeleteListener",
                    "ModifyListener",
                    "ModifyListenerAttributes"),
            type(
                    "AWS::IAM::Role",
                    ROLES,
                    "AttachRolePolicy",
                    "CreateRole",
                    "DeleteRole*",
                    "DetachRolePolicy",
                    "GetRole*",
                    "ListAttachedRolePolicies",
                    "ListRolePolicies",
                    "PutRole*",
                    "TagRole",
                    "UntagRole",
                    "UpdateAssumeRolePolicy",
                    "UpdateRole*"),
            type(
                    "AWS::IAM::InstanceProfile",
                    ROLES,
                    "AddRoleToInstanceProfile",
                    "CreateInstanceProfile",
                    "DeleteInstanceProfile",
                    "GetInstanceProfile",
                    "RemoveRoleFromInstanceProfile"),
            type(
                    "AWS::CloudWatch::Alarm",
                    "cloudwatch:",
                    "DeleteAlarms",
                    "Describe*",
                    "List*",
                    "PutMetricAlarm",
                    "TagResource",
                    "UntagResource"),
            type(
                    "AWS::SNS::Topic",
                    "sns:",
                    "CreateTopic",
                    "DeleteTopic",
                    "Get*",
                    "List*",
                    "SetTopicAttributes",
                    "Subscribe",
                    "TagResource",
                    "Unsubscribe",
                    "UntagResource"),
            type(
                    "AWS::CertificateManager::Certificate",
                    "acm:",
                    "AddTagsToCertificate",
                    "DeleteCertificate",
                    "DescribeCertificate",
                    "ListTagsForCertificate",
                    "RemoveTagsFromCertificate",
                    "RequestCertificate",
                    "UpdateCertificateOptions"),
            type("AWS::Route53::RecordSet", "route53:", "ChangeResourceRecordSets", "Get*", "List*"),
            type(
                    "AWS::ECR::Repository",
                    "ecr:",
                    "CreateRepository",
                    "DeleteLifecyclePolicy",
                    "DeleteRepository",
                    "Describe*",
                    "Get*",
                    "List*",
                    "PutImageScanningConfiguration",
                    "PutImageTagMutability",
                    "PutLifecyclePolicy",
                    "TagResource",
                    "UntagResource"),
            type(
                    "AWS::Logs::LogGroup",
                    "logs:",
                    "CreateLogGroup",
                    "DeleteLogGroup",
                    "DeleteRetentionPolicy",
                    "Describe*",
                    "Get*",
                    "List*",
                    "PutRetentionPolicy",
                    "TagResource",
                    "UntagResource"));

    private final Design design;
    private final String region;

    private OperatorPolicy(Design design) {
        this.design = design;
        this.region = design.aws().region().orElse(ANYTHING);
    }

    private static Map.Entry<String, List<String>> type(String name, String service, String... actions) {
        return Map.entry(
                name, List.of(actions).stream().map(action -> service + action).toList());
    }

    /**
     * The policy.
     *
     * @param spec a stack on AWS
     * @param images the names of its images
     * @return a policy document of IAM as JSON; the same for the same spec
     */
    public static String json(StackSpec spec, List<String> images) {
        Design design = new Design(spec, Resolved.nothing());
        return new OperatorPolicy(design)
                .document(List.of(BaseStack.template(spec, images), ServerStack.template(spec, Resolved.nothing())))
                .json();
    }

    private Fields document(List<StackTemplate> templates) {
        NavigableSet<String> types = new TreeSet<>();
        templates.forEach(
                template -> template.resources().stream().map(Resource::type).forEach(types::add));
        List<Value> statements = new ArrayList<>(List.of(stacks(), reading(), pushing(), parameters(), lastWords()));
        statements.addAll(making(types));
        return IamPolicy.document(statements);
    }

    private Fields stacks() {
        return allow(
                "Stacks",
                List.of(
                        "cloudformation:CancelUpdateStack",
                        "cloudformation:ContinueUpdateRollback",
                        "cloudformation:CreateChangeSet",
                        "cloudformation:DeleteChangeSet",
                        "cloudformation:DeleteStack",
                        "cloudformation:Describe*",
                        "cloudformation:DetectStack*",
                        "cloudformation:ExecuteChangeSet",
                        "cloudformation:Get*",
                        "cloudformation:List*",
                        "cloudformation:TagResource",
                        "cloudformation:UntagResource",
                        "cloudformation:UpdateTerminationProtection"),
                arn("cloudformation", "stack/" + design.name() + "/*"),
                arn("cloudformation", "stack/" + design.name() + BaseStack.SUFFIX + "/*"));
    }

    /** What nobody can be kept to single resources for; the token is for the registry as such. */
    private Fields reading() {
        return allow(
                "Read",
                List.of(
                        "autoscaling:Describe*",
                        // It is asked by the id of a comparison, and not by its stack.
                        "cloudformation:DescribeStackDriftDetectionStatus",
                        "ec2:Describe*",
                        "ec2:GetConsoleOutput",
                        "ecr:GetAuthorizationToken",
                        "elasticloadbalancing:Describe*",
                        "logs:DescribeLogGroups"),
                ANYTHING);
    }

    private Fields pushing() {
        return allow(
                "PushImages",
                List.of(
                        "ecr:BatchCheckLayerAvailability",
                        "ecr:BatchDeleteImage",
                        "ecr:BatchGetImage",
                        "ecr:CompleteLayerUpload",
                        "ecr:InitiateLayerUpload",
                        "ecr:PutImage",
                        "ecr:UploadLayerPart"),
                arn("ecr", "repository/" + design.name() + "/*"));
    }

    /** The release, and the public parameters that name machine images: those are of AWS, and nobody else can change them. */
    private Fields parameters() {
        return allow(
                "Parameters",
                List.of("ssm:DeleteParameter", "ssm:GetParameter*", "ssm:PutParameter"),
                arn("ssm", "parameter" + BaseStack.parameters(design.name()) + ANYTHING),
                arn("ssm", "parameter/aws/service/" + ANYTHING));
    }

    /** What instances said before they went. */
    private Fields lastWords() {
        return allow(
                "ReadLogs",
                List.of("logs:FilterLogEvents"),
                arn("logs", "log-group:" + BaseStack.logGroup(design.name()) + ":*"));
    }

    private List<Value> making(NavigableSet<String> types) {
        NavigableSet<String> unnamed = new TreeSet<>(Set.of("ec2:CreateTags", "ec2:DeleteTags", "ec2:RunInstances"));
        List<Value> statements = new ArrayList<>();
        NavigableSet<String> roles = new TreeSet<>();
        for (String type : types) {
            List<String> actions = ACTIONS.getOrDefault(type, List.of());
            if (actions.isEmpty()) {
                throw new IllegalStateException("nobody knows what " + type + " needs");
            }
            String service = actions.get(0).substring(0, actions.get(0).indexOf(':') + 1);
            if (service.equals(ROLES)) {
                roles.addAll(actions);
            } else if (UNNAMED.contains(service)) {
                unnamed.addAll(actions);
            } else {
                statements.add(allow(type.substring("AWS::".length()).replace("::", ""), actions, named(service)));
            }
        }
        statements.add(0, inRegion(allow("Make", List.copyOf(unnamed), ANYTHING)));
        statements.add(allow(
                "Role",
                List.copyOf(roles),
                everywhere("role/" + design.name() + "-*"),
                everywhere("instance-profile/" + design.name() + "-*")));
        statements.add(allow("GiveRoleToInstances", List.of("iam:PassRole"), everywhere("role/" + design.name() + "-*"))
                .with("Condition", Fields.of("StringEquals", Fields.of("iam:PassedToService", "ec2.amazonaws.com"))));
        statements.add(allow(
                "FirstOfTheAccount", List.of("iam:CreateServiceLinkedRole"), everywhere("role/aws-service-role/*")));
        return statements;
    }

    private String named(String service) {
        String stack = design.name();
        return switch (service) {
            case "cloudwatch:" -> arn("cloudwatch", "alarm:" + stack + "-*");
            case "sns:" -> arn("sns", stack + "-*");
            case "ecr:" -> arn("ecr", "repository/" + stack + "/*");
            case "logs:" -> arn("logs", "log-group:" + BaseStack.logGroup(stack) + ANYTHING);
            default -> ANYTHING;
        };
    }

    private Fields inRegion(Fields statement) {
        return region.equals(ANYTHING)
                ? statement
                : statement.with("Condition", Fields.of("StringEquals", Fields.of("aws:RequestedRegion", region)));
    }

    private String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":*:" + resource;
    }

    private static String everywhere(String resource) {
        return "arn:aws:iam::*:" + resource;
    }

    private static Fields allow(String purpose, List<String> actions, String... resources) {
        return IamPolicy.allow(purpose, Value.texts(actions), Value.texts(resources));
    }
}
