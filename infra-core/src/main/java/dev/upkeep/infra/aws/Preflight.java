package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.WaysOut;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a stack could stand in this account and region. */
final class Preflight {

    private final AwsAccess aws;
    private final StackSpec spec;

    Preflight(AwsAccess aws, StackSpec spec) {
        this.aws = aws;
        this.spec = spec;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            Lookups.Identity identity = aws.lookups().identity();
            findings.add(Finding.ok("AWS knows these credentials: " + identity.arn() + ", in "
                    + aws.session().region()));
            findings.add(Finding.ok("images go to " + spec.images().registry().orElseThrow()
                    + ", which is not asked before they are pushed"));
            findings.addAll(stacks());
            findings.addAll(choices());
        } catch (AwsException e) {
            findings.add(Finding.problem(String.valueOf(e.getMessage()), ""));
        }
        findings.add(Finding.note(
                "not checked: quotas of the account, the permissions of this user, and whether the free plan allows this",
                "upkeep policy prints the permissions that this stack needs"));
        return findings;
    }

    private List<Finding> stacks() {
        List<Finding> findings = new ArrayList<>();
        for (FormedStack formed : aws.standing(spec.name())) {
            findings.add(
                    formed.isUpdatable() || formed.isInProgress()
                            ? Finding.ok("stack " + formed.name() + " stands: " + formed.status())
                            : Finding.problem(
                                    "stack " + formed.name() + " cannot be changed: " + formed.status(),
                                    WaysOut.of(formed)));
        }
        return findings;
    }

    private List<Finding> choices() {
        Resolved resolved = aws.lookups().resolve(spec, aws.standingServers(spec.name()), Optional.empty());
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                resolved.zones().isEmpty()
                        ? "zones: CloudFormation takes the first two of the region"
                        : "zones: " + String.join(", ", resolved.zones())));
        findings.add(Finding.ok("machine image: " + resolved.image().orElseThrow()));
        resolved.hostedZone().ifPresent(zone -> findings.add(Finding.ok("hosted zone: " + zone)));
        return findings;
    }
}
