package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.DomainSpec;
import java.util.List;

/** The record that leads users to the stack by its name. */
final class NamePart {

    /** So short that users follow soon when the address changes. */
    private static final String SECONDS = "60";

    private final Design design;

    NamePart(Design design) {
        this.design = design;
    }

    List<Resource> resources() {
        return design.spec().domain().map(this::record).stream().toList();
    }

    private Resource record(DomainSpec domain) {
        Fields properties = design.resolved()
                .hostedZone()
                .map(zone -> Fields.of("HostedZoneId", zone))
                .orElseGet(() -> Fields.of("HostedZoneName", domain.zone() + "."))
                .with("Name", domain.name() + ".")
                .with("Type", "A");
        Resource record = Resource.of(
                "Record",
                "AWS::Route53::RecordSet",
                design.isBalanced()
                        ? properties.with(
                                "AliasTarget",
                                Fields.of("DNSName", Value.attribute(BalancerPart.BALANCER, "DNSName"))
                                        .with(
                                                "HostedZoneId",
                                                Value.attribute(BalancerPart.BALANCER, "CanonicalHostedZoneID"))
                                        .with("EvaluateTargetHealth", false))
                        : properties.with("TTL", SECONDS).with("ResourceRecords", Value.list(design.address())));
        // To another address users are led when an instance answers there.
        return design.isBalanced() ? record : record.after(List.of(GroupPart.GROUP));
    }
}
