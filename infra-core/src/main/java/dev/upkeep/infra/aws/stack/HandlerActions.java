package dev.upkeep.infra.aws.stack;

import java.util.List;
import java.util.Map;

/**
 * What the handlers of CloudFormation do for each type of resource, with what Upkeep sets of it: the actions of IAM that the
 * <a href="https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html">schema of the type</a> names, without those
 * for properties that no template of Upkeep has.
 */
final class HandlerActions {

    private static final String EC2 = "ec2:";
    private static final String BALANCING = "elasticloadbalancing:";
    private static final String SCALING = "autoscaling:";

    private static final Map<String, List<String>> ACTIONS = Map.ofEntries(
            type(
                    "AWS::EC2::VPC",
                    EC2,
                    "CreateVpc",
                    "DeleteVpc",
                    "DescribeNetworkAcls",
                    "DescribeSecurityGroups",
                    "DescribeVpcAttribute",
                    "DescribeVpcs",
                    "ModifyVpcAttribute"),
            type(
                    "AWS::EC2::InternetGateway",
                    EC2,
                    "CreateInternetGateway",
                    "DeleteInternetGateway",
                    "DescribeInternetGateways"),
            type(
                    "AWS::EC2::VPCGatewayAttachment",
                    EC2,
                    "AttachInternetGateway",
                    "DescribeVpnGateways",
                    "DetachInternetGateway"),
            type("AWS::EC2::RouteTable", EC2, "CreateRouteTable", "DeleteRouteTable", "DescribeRouteTables"),
            type("AWS::EC2::Route", EC2, "CreateRoute", "DeleteRoute", "ReplaceRoute"),
            type("AWS::EC2::Subnet", EC2, "CreateSubnet", "DeleteSubnet", "DescribeSubnets", "ModifySubnetAttribute"),
            type(
                    "AWS::EC2::SubnetRouteTableAssociation",
                    EC2,
                    "AssociateRouteTable",
                    "DisassociateRouteTable",
                    "ReplaceRouteTableAssociation"),
            type(
                    "AWS::EC2::VPCEndpoint",
                    EC2,
                    "CreateVpcEndpoint",
                    "DeleteVpcEndpoints",
                    "DescribeVpcEndpoints",
                    "ModifyVpcEndpoint"),
            type(
                    "AWS::EC2::EIP",
                    EC2,
                    "AllocateAddress",
                    "AssociateAddress",
                    "DescribeAddresses",
                    "DisassociateAddress",
                    "ReleaseAddress"),
            type("AWS::EC2::NatGateway", EC2, "CreateNatGateway", "DeleteNatGateway", "DescribeNatGateways"),
            type(
                    "AWS::EC2::SecurityGroup",
                    EC2,
                    "AuthorizeSecurityGroupEgress",
                    "AuthorizeSecurityGroupIngress",
                    "CreateSecurityGroup",
                    "DeleteSecurityGroup",
                    "RevokeSecurityGroupEgress",
                    "RevokeSecurityGroupIngress",
                    "UpdateSecurityGroupRuleDescriptionsEgress",
                    "UpdateSecurityGroupRuleDescriptionsIngress"),
            type(
                    "AWS::EC2::InstanceConnectEndpoint",
                    EC2,
                    "CreateInstanceConnectEndpoint",
                    "CreateNetworkInterface",
                    "DeleteInstanceConnectEndpoint",
                    "DescribeInstanceConnectEndpoints"),
            type(
                    "AWS::EC2::Instance",
                    EC2,
                    "DescribeIamInstanceProfileAssociations",
                    "DescribeInstanceAttribute",
                    "DescribeInstanceCreditSpecifications",
                    "DescribeInstances",
                    "DescribeKeyPairs",
                    "DescribeLaunchTemplateVersions",
                    "DescribeLaunchTemplates",
                    "DescribeNetworkInterfaces",
                    "DescribeSecurityGroups",
                    "DescribeSubnets",
                    "DescribeVolumes",
                    "DescribeVpcs",
                    "ModifyInstanceAttribute",
                    "RunInstances",
                    "TerminateInstances"),
            type(
                    "AWS::EC2::LaunchTemplate",
                    EC2,
                    "CreateLaunchTemplate",
                    "CreateLaunchTemplateVersion",
                    "DeleteLaunchTemplate",
                    "DescribeLaunchTemplateVersions",
                    "DescribeLaunchTemplates"),
            type(
                    "AWS::AutoScaling::AutoScalingGroup",
                    SCALING,
                    "AttachLoadBalancerTargetGroups",
                    "CreateAutoScalingGroup",
                    "CreateOrUpdateTags",
                    "DeleteAutoScalingGroup",
                    "DeleteTags",
                    "DescribeAutoScalingGroups",
                    "DetachLoadBalancerTargetGroups",
                    "ResumeProcesses",
                    "SuspendProcesses",
                    "UpdateAutoScalingGroup"),
            type("AWS::AutoScaling::ScalingPolicy", SCALING, "DeletePolicy", "DescribePolicies", "PutScalingPolicy"),
            type(
                    "AWS::ElasticLoadBalancingV2::LoadBalancer",
                    BALANCING,
                    "AddTags",
                    "CreateLoadBalancer",
                    "DeleteLoadBalancer",
                    "DescribeLoadBalancerAttributes",
                    "DescribeLoadBalancers",
                    "DescribeTags",
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
                    "DescribeTargetGroupAttributes",
                    "DescribeTargetGroups",
                    "DescribeTargetHealth",
                    "ModifyTargetGroup",
                    "ModifyTargetGroupAttributes",
                    "RegisterTargets"),
            type(
                    "AWS::ElasticLoadBalancingV2::Listener",
                    BALANCING,
                    "CreateListener",
                    "DeleteListener",
                    "DescribeListenerAttributes",
                    "DescribeListeners",
                    "ModifyListener",
                    "ModifyListenerAttributes"),
            type(
                    "AWS::CloudWatch::Alarm",
                    "cloudwatch:",
                    "DeleteAlarms",
                    "DescribeAlarms",
                    "ListTagsForResource",
                    "PutMetricAlarm",
                    "TagResource",
                    "UntagResource"),
            type(
                    "AWS::SNS::Topic",
                    "sns:",
                    "CreateTopic",
                    "DeleteTopic",
                    "GetDataProtectionPolicy",
                    "GetTopicAttributes",
                    "ListSubscriptionsByTopic",
                    "ListTagsForResource",
                    "SetTopicAttributes",
                    "Subscribe",
                    "TagResource",
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
            type(
                    "AWS::Route53::RecordSet",
                    "route53:",
                    "GetChange",
                    "GetHostedZone",
                    "ListHostedZones",
                    "ListResourceRecordSets"),
            type(
                    "AWS::ECR::Repository",
                    "ecr:",
                    "CreateRepository",
                    "DeleteLifecyclePolicy",
                    "DeleteRepository",
                    "DescribeRepositories",
                    "GetLifecyclePolicy",
                    "GetRepositoryPolicy",
                    "ListTagsForResource",
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
                    "DescribeIndexPolicies",
                    "DescribeLogGroups",
                    "DescribeResourcePolicies",
                    "GetDataProtectionPolicy",
                    "ListTagsForResource",
                    "PutRetentionPolicy",
                    "TagResource",
                    "UntagResource"));

    private HandlerActions() {}

    private static Map.Entry<String, List<String>> type(String name, String service, String... actions) {
        return Map.entry(
                name, List.of(actions).stream().map(action -> service + action).toList());
    }

    /** Those for a type of resource. */
    static List<String> of(String type) {
        List<String> actions = ACTIONS.get(type);
        if (actions == null) {
            throw new IllegalStateException("nobody knows what " + type + " needs");
        }
        return actions;
    }
}
