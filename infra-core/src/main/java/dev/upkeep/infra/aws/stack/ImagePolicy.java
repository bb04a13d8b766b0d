package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What whoever makes machine images has to be allowed besides what {@link OperatorPolicy} says: a policy of its own, since both together are larger
 * than IAM takes, and not everybody who stands up a stack makes its images.
 */
public final class ImagePolicy {

    private static final String INSTANCE = "AWS::EC2::Instance";

    private final Design design;
    private final Set<String> types;
    private final String stack;

    private ImagePolicy(StackSpec spec) {
        this.design = new Design(spec, Resolved.nothing());
        this.types = ImageStack.builder(spec, Resolved.nothing()).resources().stream()
                .map(Resource::type)
                .collect(Collectors.toSet());
        this.stack = design.name() + ImageStack.SUFFIX;
    }

    /**
     * The policy.
     *
     * @param spec a stack on AWS
     * @return a policy document of IAM as JSON; the same for the same spec
     */
    public static String json(StackSpec spec) {
        return IamPolicy.document(new ImagePolicy(spec)
                        .statements().stream().map(OperatorStatement::fields).toList())
                .json();
    }

    private List<OperatorStatement> statements() {
        NavigableSet<String> reading = new TreeSet<>(List.of(
                "ec2:DescribeImages",
                "ec2:DescribeInstances",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:DescribeSnapshots"));
        NavigableSet<String> making = new TreeSet<>(List.of("ec2:CreateImage", "ec2:CreateTags"));
        for (String action : HandlerActions.of(INSTANCE)) {
            (OperatorPolicy.isReading(action) ? reading : making).add(action);
        }
        NavigableSet<String> ending = new TreeSet<>(List.of(
                "ec2:DeleteSnapshot",
                "ec2:DeregisterImage",
                "ec2:DisableImageDeprecation",
                "ec2:EnableImageDeprecation",
                "ec2:TerminateInstances"));
        making.removeAll(ending);
        List<OperatorStatement> statements = new ArrayList<>();
        statements.add(OperatorStatement.of("Read", reading, "*"));
        statements.add(OperatorPolicy.inRegion(design, OperatorStatement.of("Make", making, "*")));
        statements.add(OperatorStatement.of("EndItsOwn", ending, "*")
                .onlyIfEquals("aws:ResourceTag/" + ServerStack.STACK_TAG, List.of(design.name())));
        statements.addAll(new OperatorRoles(design, types, stack).ofRoles());
        return statements;
    }
}
