package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.InstanceType;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A spec with what was found out for it, and what several parts of a stack derive from both. Immutable. */
final class Design {

    /** Marks every resource, and what the role of an instance may touch. */
    static final String STACK_TAG = ServerStack.STACK_TAG;

    private static final String NAME = "Name";

    private final StackSpec spec;
    private final AwsSettings aws;
    private final Resolved resolved;

    Design(StackSpec spec, Resolved resolved) {
        this(spec, AwsSettings.of(spec), resolved);
    }

    private Design(StackSpec spec, AwsSettings aws, Resolved resolved) {
        this.spec = spec;
        this.aws = aws;
        this.resolved = resolved;
    }

    /** The same in a network without gateways of its own, which for an hour would cost more than an address. */
    Design inPublicNetwork() {
        AwsSettings.Network network = aws.network();
        return new Design(
                spec, aws.with(new AwsSettings.Network(network.addresses(), network.zones(), false)), resolved);
    }

    StackSpec spec() {
        return spec;
    }

    AwsSettings aws() {
        return aws;
    }

    Resolved resolved() {
        return resolved;
    }

    String name() {
        return spec.name().text();
    }

    boolean isBalanced() {
        return spec.shape() == Shape.HIGHLY_AVAILABLE;
    }

    /** Whether the load balancer has a certificate. A single instance gets its own by ACME. */
    boolean hasCertificate() {
        return isBalanced() && spec.domain().isPresent();
    }

    /** Whether its images go to a registry of Amazon's: that of the account, unless the spec names one. */
    boolean usesEcr() {
        return spec.images().registry().isEmpty() || OwnRepositories.named(spec).isPresent();
    }

    /** The allocation of the Elastic IP that the spec brings along; empty if the stack makes one, or needs none. */
    Optional<String> allocation() {
        return aws.access().address();
    }

    /** By what users reach a single instance. No template can find out what an allocation stands for, so that somebody has to say it. */
    Value address() {
        return allocation().isEmpty()
                ? Value.ref(GroupPart.ADDRESS)
                : resolved.address().map(Value::of).orElseGet(() -> Value.ref(ServerStack.ADDRESS_PARAMETER));
    }

    InstanceType type() {
        return aws.server()
                .type()
                .orElseGet(() -> InstanceType.smallest(spec.images().platforms()));
    }

    int capacity() {
        return Math.max(resolved.capacity().orElse(0), spec.instances());
    }

    int mostInstances() {
        return Math.max(aws.server().maxInstances(), capacity());
    }

    /** One can be taken out of rotation without another one coming in its place. */
    int fewestInstances() {
        return Math.max(1, spec.instances() - 1);
    }

    /** The availability zones, as they stand or by their order. */
    List<Value> zones() {
        List<String> named = aws.network().zones().isEmpty()
                ? resolved.zones()
                : aws.network().zones();
        return named.isEmpty()
                ? List.of(new Value.Zone(0), new Value.Zone(1))
                : named.stream().map(Value::of).toList();
    }

    /** The name by which consoles show a resource. All other tags of it are those of the CloudFormation stack, which hands them on. */
    Value tagsNamed(String what) {
        return tags(Map.of(NAME, name() + "-" + what));
    }

    /** All tags, for what CloudFormation does not hand them on to, or what the role of an instance may touch by its tag. */
    Value allTagsNamed(String what) {
        return tags(allTags(Map.of(NAME, name() + "-" + what)));
    }

    static Value tags(Map<String, String> tags) {
        List<Value> items = new ArrayList<>();
        tags.forEach((key, value) -> items.add(Fields.of("Key", key).with("Value", value)));
        return Value.list(items);
    }

    Map<String, String> allTags(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(aws.tags());
        all.put(STACK_TAG, name());
        all.putAll(more);
        return all;
    }
}
