package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.spec.StackSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether what a plan says can be done now, as it was shown. */
final class StartCheck {

    private final AwsAccess aws;
    private final OutsideCheck outside;

    StartCheck(AwsAccess aws, OutsideCheck outside) {
        this.aws = aws;
        this.outside = outside;
    }

    /** What stands elsewhere would be taken for gone here. */
    void requireRegion(Plan plan) {
        String here = aws.session().region();
        plan.reach().region().filter(region -> !region.equals(here)).ifPresent(region -> {
            throw new StalePlanException(
                    plan.stack().text(), List.of("it was made for the region " + region + ", this is " + here));
        });
    }

    /** The stack, what CloudFormation keeps for the plan, and the files are still those that it was made of. */
    void requireFresh(Plan plan) {
        List<String> reasons = new ArrayList<>(
                plan.basis().changesTo(aws.standing(plan.stack()).basis()));
        plan.kept().stream()
                .map(Kept::proposal)
                .filter(proposal -> !aws.formation().changeSets().canExecute(proposal))
                .forEach(proposal -> reasons.add("CloudFormation does not have its change set any more"));
        if (plan.goal().filter(StartCheck::hasOtherFiles).isPresent()) {
            reasons.add("the files of its images were changed");
        }
        if (!reasons.isEmpty()) {
            throw new StalePlanException(plan.stack().text(), reasons);
        }
    }

    private static boolean hasOtherFiles(Plan.Goal goal) {
        return goal.release()
                .site()
                .filter(files -> !files.equals(ReleaseContents.digest(goal.spec())))
                .isPresent();
    }

    /** An address that is brought along is taken from nobody. */
    void requireAddress(StackSpec spec) {
        new BroughtAddress(aws, spec).requireFree();
    }

    /** Instances that stand run the release of a spec, as far as anybody can say. */
    void requireRelease(StackSpec spec) throws InterruptedException {
        Optional<FormedStack> servers = aws.standingServers(spec.name());
        if (servers.isEmpty()) {
            return;
        }
        Optional<String> standing = aws.standingRelease(spec.name())
                .filter(text -> ReleaseText.version(text).isPresent());
        if (standing.isEmpty()) {
            refuseGuess(spec, servers.get());
            return;
        }
        OtherRelease.refusal(standing.get(), spec).ifPresent(refusal -> {
            throw new OperationRefusedException(spec.name().text(), refusal);
        });
    }

    /** Where nobody says any more what instances run, only what they serve is believed. */
    private void refuseGuess(StackSpec spec, FormedStack servers) throws InterruptedException {
        Optional<String> url = servers.output(ServerStack.URL);
        String missing = url.isPresent() ? outside.missing(URI.create(url.get()), spec.version()) : "";
        if (!missing.isEmpty()) {
            throw new OperationRefusedException(
                    spec.name().text(),
                    "the parameter that says what its instances run is gone or cannot be read, and users do not get "
                            + spec.version() + ": " + missing + "; write the version that they get into the file");
        }
    }
}
