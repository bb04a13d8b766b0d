package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.InstanceType;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Supplier;

/** Whether a region has what the instances are made of: their type in enough zones, and a machine image for it. */
final class MachineCheck {

    private final AwsAccess aws;
    private final StackSpec spec;
    private final InstanceType type;

    MachineCheck(AwsAccess aws, StackSpec spec) {
        this.aws = aws;
        this.spec = spec;
        this.type = ServerStack.type(spec);
    }

    /** What may not be asked is unchecked, and no failure. */
    List<Finding> findings(Resolved resolved, Instant now) {
        String image = resolved.image().orElseThrow();
        return List.of(
                unlessRefused("the instance type " + type, this::processor),
                unlessRefused("whether the zones have " + type, () -> zones(resolved.zones())),
                unlessRefused("the machine image " + image, () -> image(image, now)),
                unlessRefused("whether the free plan allows " + type, this::freePlan));
    }

    private static Finding unlessRefused(String what, Supplier<Finding> question) {
        try {
            return question.get();
        } catch (AwsException e) {
            return Finding.unknown(what + " (" + e.getMessage() + ")", "");
        }
    }

    private Finding processor() {
        List<String> processors = aws.machines().architectures(type).orElse(List.of());
        if (processors.isEmpty()) {
            return Finding.problem(
                    aws.session().region() + " has no instance type " + type, "name another one in aws.type");
        }
        boolean runs = processors.stream()
                .flatMap(word -> Architecture.of(word).stream())
                .anyMatch(each -> each == type.architecture());
        return runs
                ? Finding.ok("instance type: " + type + ", for "
                        + type.architecture().platform())
                : Finding.problem(
                        type + " is for " + String.join(" and ", processors) + ", and the images are for "
                                + type.architecture().platform(),
                        "name another type in aws.type");
    }

    private Finding zones(List<String> chosen) {
        NavigableSet<String> offered = aws.machines().zonesOf(type);
        String where = offered.isEmpty()
                ? "no zone of " + aws.session().region() + " has " + type
                : type + " is in " + String.join(", ", offered) + " only";
        if (offered.size() < Lookups.fewestZones(spec.shape())) {
            return Finding.problem(
                    where + (spec.shape() == Shape.SINGLE ? "" : ", and this shape needs two zones"),
                    "name another type in aws.type, or another region");
        }
        List<String> without =
                chosen.stream().filter(zone -> !offered.contains(zone)).toList();
        return without.isEmpty()
                ? Finding.ok(type + " is in " + String.join(", ", offered))
                : Finding.problem(
                        where + ", and not in " + String.join(", ", without),
                        "name other zones in aws.zones, or another type in aws.type");
    }

    private Finding image(String id, Instant now) {
        return aws.machines()
                .image(id)
                .map(image -> image(id, image, now))
                .orElseGet(() -> Finding.problem(
                        aws.session().region() + " has no machine image " + id + " that this account may use",
                        "name another one in aws.image, or leave it out"));
    }

    private Finding image(String id, Machines.Image image, Instant now) {
        if (!image.state().equals("available")) {
            return Finding.problem(id + " is " + image.state(), "name another one in aws.image, or wait");
        }
        if (Architecture.of(image.architecture())
                .filter(type.architecture()::equals)
                .isEmpty()) {
            return Finding.problem(
                    id + " is for " + image.architecture() + ", and " + type + " is for "
                            + type.architecture().platform(),
                    "name another one in aws.image, or another type in aws.type");
        }
        return image.deprecatedFrom()
                .filter(from -> !from.isAfter(now))
                .map(from -> Finding.note(id + " is deprecated since " + from, newerImage()))
                .orElseGet(() -> Finding.ok(
                        id + " is for " + image.architecture() + " and has its root disk on " + image.rootDevice()));
    }

    private String newerImage() {
        return AwsSettings.Server.isId(AwsSettings.of(spec).server().image())
                ? "name a newer one in aws.image"
                : "upkeep apply --upgrade-image takes the newest, and replaces the instances";
    }

    /** Whether the account is on the free plan, AWS does not say. */
    private Finding freePlan() {
        FreePlan plan = new FreePlan(aws.machines().freeTypes());
        if (plan.types().isEmpty()) {
            return Finding.unknown("whether the free plan allows " + type + " (EC2 names no types for it)", "");
        }
        return plan.allows(type) ? Finding.ok(plan.verdict(type)) : Finding.note(plan.verdict(type), "");
    }
}
