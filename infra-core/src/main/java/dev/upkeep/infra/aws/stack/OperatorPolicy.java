package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the person or the program that runs Upkeep has to be allowed for one spec: an IAM policy with what the two stacks of that spec consist of, and
 * no more. CloudFormation acts with the rights of its caller, so that each type of resource asks for the actions that its handlers name.
 *
 * <p>Whoever has it may write what the roles of the stack may do, and start instances with one of them: without a permissions boundary in the
 * spec, that is a way to everything in the account.
 */
public final class OperatorPolicy {

    /** The most that IAM takes as a managed policy, in characters without white space. */
    public static final int LARGEST = 6_144;

    private static final String ANYTHING = "*";
    private static final String TOPIC = "AWS::SNS::Topic";
    static final String TAGGED = "aws:ResourceTag/" + ServerStack.STACK_TAG;

    /** Reading that can be limited to no resource. */
    private static final Pattern READING = Pattern.compile("(ec2|autoscaling|elasticloadbalancing):Describe.*"
            + "|logs:Describe(LogGroups|IndexPolicies|ResourcePolicies)|route53:(Get|List).*");

    /** What has a tag of its stack from its first moment on, and is lost to others if it is deleted by mistake. */
    private static final Set<String> DELETING = Set.of(
            "ec2:DeleteInternetGateway",
            "ec2:DeleteNatGateway",
            "ec2:DeleteSecurityGroup",
            "ec2:DeleteSubnet",
            "ec2:DeleteVpc",
            "ec2:ReleaseAddress");

    /** What {@code upkeep doctor} alone asks. */
    private static final List<String> QUOTAS =
            List.of("servicequotas:GetAWSDefaultServiceQuota", "servicequotas:GetServiceQuota");

    /** Of Run Command, whose commands have no names; without them {@code upkeep check} asks the edge only. */
    private static final List<String> COMMANDS =
            List.of("ssm:CancelCommand", "ssm:DescribeInstanceInformation", "ssm:GetCommandInvocation");

    /** Into an instance over SSH through the endpoint, which leads to port 22 only. */
    private static final List<String> TUNNEL =
            List.of("ec2-instance-connect:OpenTunnel", "ec2-instance-connect:SendSSHPublicKey");

    private static final List<String> PUSHING = List.of(
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchDeleteImage",
            "ecr:BatchGetImage",
            "ecr:CompleteLayerUpload",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart");

    private final Design design;
    private final String region;
    private final NavigableSet<String> types = new TreeSet<>();

    private OperatorPolicy(StackSpec spec, Collection<String> images) {
        this.design = new Design(spec, Resolved.nothing());
        this.region = design.aws().region().orElse(ANYTHING);
        Stream.of(BaseStack.template(spec, List.copyOf(images)), ServerStack.template(spec, Resolved.nothing()))
                .flatMap(template -> template.resources().stream())
                .map(Resource::type)
                .forEach(types::add);
    }

    /**
     * The policy.
     *
     * @param spec a stack on AWS
     * @param images the names of the images that it has repositories for, see {@link OwnRepositories}
     * @return a policy document of IAM as JSON; the same for the same spec
     */
    public static String json(StackSpec spec, List<String> images) {
        OperatorPolicy policy = new OperatorPolicy(spec, images);
        List<OperatorStatement> statements = new ArrayList<>(policy.needed());
        statements.add(policy.simulating());
        statements.addAll(policy.commands());
        statements.set(0, statements.get(0).with(QUOTAS).with(COMMANDS));
        return IamPolicy.document(
                        Stream.concat(statements.stream().map(OperatorStatement::fields), Stream.of(tagging()))
                                .toList())
                .json();
    }

    /** Who could mark any instance as one of the stack could send commands to it, and had the role of that instance. */
    private static Fields tagging() {
        return IamPolicy.deny(
                        "MarkNoInstance",
                        Value.texts(List.of("ec2:CreateTags", "ec2:DeleteTags")),
                        Value.of("arn:aws:ec2:*:*:instance/*"))
                .with("Condition", Fields.of("Null", Fields.of("ec2:CreateAction", "true")));
    }

    /**
     * What the policy allows, action by action, without what {@code upkeep doctor} alone asks.
     *
     * @param spec a stack on AWS
     * @param images the names of the images that it has repositories for, see {@link OwnRepositories}
     * @return what a stack cannot be made, changed and destroyed without
     */
    public static List<OperatorPermission> permissions(StackSpec spec, List<String> images) {
        return new OperatorPolicy(spec, images)
                .needed().stream()
                        .flatMap(statement -> statement.permissions().stream())
                        .toList();
    }

    private List<OperatorStatement> needed() {
        List<OperatorStatement> statements = new ArrayList<>(List.of(reading(), stacks(), parameters()));
        statements.addAll(networkAndInstances());
        statements.addAll(named());
        statements.addAll(new OperatorRoles(design, types).statements());
        return statements;
    }

    private OperatorStatement stacks() {
        return OperatorStatement.of(
                "Stacks",
                List.of(
                        "cloudformation:CancelUpdateStack",
                        "cloudformation:ContinueUpdateRollback",
                        "cloudformation:CreateChangeSet",
                        "cloudformation:DeleteChangeSet",
                        "cloudformation:DeleteStack",
                        "cloudformation:DescribeChangeSet",
                        "cloudformation:DescribeEvents",
                        "cloudformation:DescribeStackEvents",
                        "cloudformation:DescribeStackResourceDrifts",
                        "cloudformation:DescribeStacks",
                        "cloudformation:DetectStackDrift",
                        "cloudformation:DetectStackResourceDrift",
                        "cloudformation:ExecuteChangeSet",
                        "cloudformation:GetTemplate",
                        "cloudformation:ListChangeSets",
                        "cloudformation:TagResource",
                        "cloudformation:UntagResource",
                        "cloudformation:UpdateTerminationProtection"),
                stack(""),
                stack(BaseStack.SUFFIX),
                // A destroy looks for what machine images were made in.
                stack(ImageStack.SUFFIX));
    }

    private String stack(String suffix) {
        return arn("cloudformation", "stack/" + design.name() + suffix + "/*");
    }

    /** What can be limited to no resource; the token is for the registry as such. */
    private OperatorStatement reading() {
        List<String> actions = new ArrayList<>(List.of(
                "autoscaling:DescribeScalingActivities",
                // It is asked by the id of a comparison, and not by its stack.
                "cloudformation:DescribeStackDriftDetectionStatus",
                "cloudformation:ListStacks",
                "ec2:DescribeAvailabilityZones",
                "ec2:DescribeImages",
                "ec2:DescribeInstanceTypeOfferings",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeSnapshots",
                "ec2:GetConsoleOutput",
                // The handler of groups looks for target groups also where there are none.
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTargetHealth"));
        design.allocation().ifPresent(named -> actions.add("ec2:DescribeAddresses"));
        actions.addAll(actions(type -> true, READING.asMatchPredicate()));
        if (design.usesEcr()) {
            actions.add("ecr:GetAuthorizationToken");
        }
        if (design.spec().domain().isPresent()) {
            actions.add("route53:ListHostedZonesByName");
        }
        return OperatorStatement.of("Read", actions, ANYTHING);
    }

    /** The release and who is at work, and the public ones of AWS, which name machine images and which nobody else can change. */
    private OperatorStatement parameters() {
        return OperatorStatement.of(
                "Parameters",
                List.of(
                        "ssm:DeleteParameter",
                        "ssm:GetParameter",
                        "ssm:GetParameters",
                        "ssm:GetParametersByPath",
                        "ssm:PutParameter"),
                arn("ssm", "parameter" + BaseStack.parameters(design.name()) + ANYTHING),
                arn("ssm", "parameter/aws/service/" + ANYTHING));
    }

    /** Their names nobody knows beforehand, but for those of groups. */
    private List<OperatorStatement> networkAndInstances() {
        NavigableSet<String> making = actions(
                type -> type.matches("AWS::(EC2|ElasticLoadBalancingV2)::.*"),
                READING.asMatchPredicate().negate());
        making.addAll(Set.of("ec2:CreateTags", "ec2:DeleteTags", "ec2:RunInstances"));
        if (types.contains(TOPIC)) {
            making.add("sns:Unsubscribe");
        }
        NavigableSet<String> own = new TreeSet<>(making);
        own.retainAll(DELETING);
        making.removeAll(DELETING);
        if (design.aws().access().endpoint()) {
            own.addAll(TUNNEL);
        }
        return List.of(
                inRegion(design, OperatorStatement.of("Make", making, ANYTHING)),
                OperatorStatement.of("ItsOwn", own, ANYTHING).onlyIfEquals(TAGGED, List.of(design.name())),
                OperatorStatement.of(
                        "Group",
                        actions(
                                type -> type.startsWith("AWS::AutoScaling::"),
                                READING.asMatchPredicate().negate()),
                        arn(
                                "autoscaling",
                                "autoScalingGroup:*:autoScalingGroupName/" + design.name() + "-" + GroupPart.GROUP
                                        + "-*")));
    }

    /** What is named, or has a service of its own. */
    private List<OperatorStatement> named() {
        List<OperatorStatement> statements = new ArrayList<>();
        String stack = design.name();
        addIfAny(statements, "Alarms", "AWS::CloudWatch::Alarm", arn("cloudwatch", "alarm:" + stack + "-*"));
        addIfAny(statements, "Topic", TOPIC, arn("sns", stack + "-*"));
        repositories()
                .map(repositories -> OperatorStatement.of(
                                "Images",
                                actions(
                                        BaseStack.REPOSITORY::equals,
                                        READING.asMatchPredicate().negate()),
                                repositories)
                        .with(PUSHING))
                .ifPresent(statements::add);
        String logs = "log-group:" + BaseStack.logGroup(stack);
        statements.add(OperatorStatement.of(
                        "Logs",
                        actions(
                                BaseStack.LOG_GROUP::equals,
                                READING.asMatchPredicate().negate()),
                        arn("logs", logs),
                        arn("logs", logs + ":*"))
                .with(List.of("logs:FilterLogEvents")));
        addIfAny(statements, "Certificate", "AWS::CertificateManager::Certificate", ANYTHING);
        design.spec()
                .domain()
                .ifPresent(domain -> statements.add(OperatorStatement.of(
                                "Names", List.of("route53:ChangeResourceRecordSets"), "arn:aws:route53:::hostedzone/*")
                        // Its own, and those by which ACM validates that it is ours.
                        .onlyIf(
                                OperatorStatement.FOR_ALL + "StringLike",
                                "route53:ChangeResourceRecordSetsNormalizedRecordNames",
                                List.of(domain.name(), "*." + domain.name()))));
        return statements;
    }

    /** Those of the stack, or of the registry of ECR that the spec names, which the stack does not make. */
    private Optional<String> repositories() {
        if (types.contains(BaseStack.REPOSITORY)) {
            return Optional.of(arn("ecr", "repository/" + design.name() + "/*"));
        }
        return OwnRepositories.named(design.spec())
                .map(host -> "arn:aws:ecr:" + host.region() + ":" + host.account() + ":repository/"
                        + OwnRepositories.path(design.spec()) + design.name() + "/*");
    }

    private void addIfAny(List<OperatorStatement> statements, String purpose, String type, String... resources) {
        if (types.contains(type)) {
            statements.add(OperatorStatement.of(
                    purpose, actions(type::equals, READING.asMatchPredicate().negate()), resources));
        }
    }

    /** Roles have a part of their own, see {@link OperatorRoles}. */
    private NavigableSet<String> actions(Predicate<String> ofType, Predicate<String> which) {
        NavigableSet<String> actions = new TreeSet<>();
        types.stream()
                .filter(type -> !OperatorRoles.isOne(type))
                .filter(ofType)
                .flatMap(type -> HandlerActions.of(type).stream())
                .filter(which)
                .forEach(actions::add);
        return actions;
    }

    /** A user may have IAM simulate what that same user may do. Of a role, or a user with a path, no policy can say that. */
    private OperatorStatement simulating() {
        return OperatorStatement.of(
                "Simulate", List.of("iam:SimulatePrincipalPolicy"), "arn:aws:iam::*:user/${aws:username}");
    }

    /** Which kind of command may be sent, and where to. */
    private List<OperatorStatement> commands() {
        List<String> sending = List.of("ssm:SendCommand");
        return List.of(
                OperatorStatement.of(
                        "ShellCommands", sending, "arn:aws:ssm:" + region + "::document/AWS-RunShellScript"),
                OperatorStatement.of("Instances", sending, arn("ec2", "instance/*"))
                        .onlyIfEquals("ssm:resourceTag/" + ServerStack.STACK_TAG, List.of(design.name())));
    }

    /** What the file names a region for is done there only. */
    static OperatorStatement inRegion(Design design, OperatorStatement statement) {
        return design.aws()
                .region()
                .map(region -> statement.onlyIfEquals("aws:RequestedRegion", List.of(region)))
                .orElse(statement);
    }

    /** Whether an action only reads, and can be limited to no resource. */
    static boolean isReading(String action) {
        return READING.matcher(action).matches();
    }

    private String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":*:" + resource;
    }
}
