package dev.upkeep.infra.aws.account;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.InstanceType;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether the quotas of an account leave room for a stack, also while its instances are replaced: the new ones come up before the old ones
 * go, so that there are twice as many.
 */
public final class QuotaCheck {

    private static final int DURING_A_REPLACEMENT = 2;

    private final AwsSession session;
    private final StackSpec spec;
    private final Resolved resolved;

    /**
     * A check.
     *
     * @param session of the account
     * @param spec a stack
     * @param resolved what the spec leaves to AWS
     */
    public QuotaCheck(AwsSession session, StackSpec spec, Resolved resolved) {
        this.session = session;
        this.spec = spec;
        this.resolved = resolved;
    }

    /**
     * Compares.
     *
     * @param isBalanced whether the stack stands and has a load balancer, so that it needs no other
     * @return a finding for each quota that the stack needs something of; what may not be asked is unchecked, and no failure
     */
    public List<Finding> findings(boolean isBalanced) {
        List<Finding> findings = new ArrayList<>();
        try (AccountUsage usage =
                new AccountUsage(session, ServerStack.STACK_TAG, spec.name().text())) {
            findings.add(unlessRefused(Quota.VCPUS, () -> instances(usage)));
            List<String> types = ServerStack.template(spec, resolved).resources().stream()
                    .map(Resource::type)
                    .toList();
            kinds(isBalanced).forEach((quota, type) -> {
                long needed = Collections.frequency(types, type);
                if (needed > 0) {
                    findings.add(unlessRefused(quota, () -> compare(usage, quota, needed, needed)));
                }
            });
        }
        return findings;
    }

    /** What takes one of a quota each. */
    private static Map<Quota, String> kinds(boolean isBalanced) {
        Map<Quota, String> kinds = new LinkedHashMap<>();
        kinds.put(Quota.NETWORKS, "AWS::EC2::VPC");
        kinds.put(Quota.ADDRESSES, "AWS::EC2::EIP");
        if (!isBalanced) {
            kinds.put(Quota.BALANCERS, "AWS::ElasticLoadBalancingV2::LoadBalancer");
        }
        return kinds;
    }

    private static Finding unlessRefused(Quota quota, Supplier<Finding> question) {
        try {
            return question.get();
        } catch (AwsException e) {
            return unchecked(quota, String.valueOf(e.getMessage()));
        }
    }

    private static Finding unchecked(Quota quota, String why) {
        return Finding.unknown("the quota of " + quota + " (" + why + ")", "");
    }

    private Finding instances(AccountUsage usage) {
        InstanceType type = ServerStack.type(spec);
        if (!AccountUsage.isStandard(type)) {
            return unchecked(Quota.VCPUS, type + " has a quota of its own");
        }
        Integer each = usage.vcpus(List.of(type.name())).get(type.name());
        if (each == null) {
            return unchecked(Quota.VCPUS, "EC2 does not say how many a " + type + " has");
        }
        int most = Math.max(AwsSettings.of(spec).server().maxInstances(), spec.instances());
        return compare(usage, Quota.VCPUS, (long) each * spec.instances(), (long) each * most * DURING_A_REPLACEMENT);
    }

    private Finding compare(AccountUsage usage, Quota quota, long now, long peak) {
        long allowed = usage.allowed(quota);
        long others = usage.used(quota);
        String taken = "the quota of " + quota + " is " + allowed + ": others have " + others + ", and this stack ";
        String more = "aws service-quotas request-service-quota-increase --region " + session.region()
                + " --service-code " + quota.service() + " --quota-code " + quota.code() + " --desired-value "
                + (others + peak);
        if (others + now > allowed) {
            return Finding.problem(taken + "needs " + now, more);
        }
        return others + peak > allowed
                ? Finding.note(
                        taken + "needs " + now + ", but up to " + peak + " while its instances are replaced", more)
                : Finding.ok(taken + "needs " + (peak > now ? "up to " : "") + peak);
    }
}
