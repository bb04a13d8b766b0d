package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.DriftDetection;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.ResourceDrift;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.drift.DriftedResource;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for what somebody has changed by hand, on both stacks: CloudFormation compares them, and what changes by design is told apart. */
final class DriftSearch {

    private static final String REVERT =
            "CloudFormation compares a template with the one before, and not with what is there, so an apply puts back nothing of what"
                    + " the plan does not name; its drift-aware change sets do (aws cloudformation create-change-set"
                    + " --deployment-mode REVERT_DRIFT)";

    private final AwsAccess aws;
    private final Plan plan;
    private final Reporter report;
    private final List<DriftedResource> drifted = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int compared;

    DriftSearch(AwsAccess aws, Plan plan, Reporter report) {
        this.aws = aws;
        this.plan = plan;
        this.report = report;
    }

    Drift run() throws InterruptedException {
        List<FormedStack> stacks = aws.standing(plan.stack()).all();
        if (stacks.isEmpty()) {
            return Drift.none("nothing of the stack stands yet, so nobody can have changed anything by hand");
        }
        for (FormedStack stack : stacks) {
            compare(stack);
        }
        if (!drifted.isEmpty()) {
            notes.add(REVERT);
        }
        return new Drift(drifted, compared, unchecked, failures, notes);
    }

    private void compare(FormedStack stack) throws InterruptedException {
        report.tell(stack.name(), EventKind.STARTED, "CloudFormation compares it with what is there");
        DriftDetection.Found found = aws.formation().drift().detect(stack);
        List<ResourceDrift> looked = found.resources().stream()
                .filter(each -> each.state() != ResourceDrift.State.UNCHECKED)
                .toList();
        compared += looked.size();
        int before = drifted.size();
        looked.forEach(each -> sort(stack, each));
        report.tell(
                stack.name(),
                EventKind.DONE,
                looked.size() + (looked.size() == 1 ? " resource" : " resources") + " compared, "
                        + (drifted.size() - before) + " of them changed by hand");
        if (!found.failure().isEmpty()) {
            failures.add("CloudFormation could not compare all of " + stack.name() + ": " + found.failure());
        }
        noteUnchecked(stack, looked);
    }

    private void sort(FormedStack stack, ResourceDrift found) {
        if (found.state() == ResourceDrift.State.DELETED) {
            drifted.add(new DriftedResource(
                    found.name(), DriftedResource.Kind.DELETED, List.of(), restoring(found, stack)));
        } else if (found.state() == ResourceDrift.State.MODIFIED) {
            List<FieldChange> byHand = found.fields().stream()
                    .filter(field -> !changesByItself(found, field))
                    .toList();
            found.fields().stream()
                    .filter(field -> changesByItself(found, field))
                    .forEach(
                            field -> notes.add(
                                    found.name() + " has " + field.to() + " instances instead of " + field.from()
                                            + ", which is no fault: scaling and draining change their number, and an apply keeps it"));
            if (!byHand.isEmpty() || found.fields().isEmpty()) {
                drifted.add(new DriftedResource(
                        found.name(), DriftedResource.Kind.MODIFIED, ReadableFields.of(byHand), settling(found)));
            }
        }
    }

    /** The scaling policy sets it, and whoever takes an instance out of rotation. */
    private static boolean changesByItself(ResourceDrift found, FieldChange field) {
        return found.type().equals(Costs.GROUP_TYPE) && field.field().equals("DesiredCapacity");
    }

    private String settling(ResourceDrift found) {
        return action(found)
                .map(action -> switch (action) {
                    case REPLACE, CREATE -> "an apply makes it anew, as the file says";
                    case DELETE -> "an apply removes it";
                    default -> "an apply sets what the plan names of it, and leaves the rest as it was found";
                })
                .orElse("an apply leaves it as it was found; put it back by hand, or write it into the file");
    }

    private String restoring(ResourceDrift found, FormedStack stack) {
        return action(found).filter(Action.DELETE::equals).isPresent()
                ? "an apply removes it from the stack"
                : "an apply does not make it again, as CloudFormation takes it to be there, and may fail where something needs it;"
                        + " make it again by a drift-aware change set of " + stack.name()
                        + ", or destroy the stack and apply it anew";
    }

    private Optional<Action> action(ResourceDrift found) {
        return plan.changes().stream()
                .filter(change -> change.resource().equals(found.name()))
                .map(Change::action)
                .findFirst();
    }

    /** Of a type that it cannot compare, CloudFormation says nothing at all. */
    private void noteUnchecked(FormedStack stack, List<ResourceDrift> looked) {
        aws.formation().template(stack.id()).types().forEach((name, type) -> {
            if (looked.stream().noneMatch(each -> each.name().equals(name))) {
                unchecked.add(name + " (" + type + ")");
            }
        });
    }
}
