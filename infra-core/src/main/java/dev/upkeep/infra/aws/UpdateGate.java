package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.rollout.OutsideCheck;
import java.net.URI;
import java.util.Optional;

/**
 * Asks as users do when new instances have taken the place of the old ones, as long as CloudFormation keeps the old ones. If users are not
 * served, has the change taken back.
 */
final class UpdateGate implements Follower.Onlooker {

    /** One bad answer may be that of a load balancer that has just learnt of its targets. */
    private static final int MOST_BAD = 3;

    private final AwsAccess aws;
    private final OutsideCheck outside;
    private final String version;
    private final Reporter report;
    private int bad;
    private String told = "";
    private Optional<String> refusal = Optional.empty();

    UpdateGate(AwsAccess aws, OutsideCheck outside, String version, Reporter report) {
        this.aws = aws;
        this.outside = outside;
        this.version = version;
        this.report = report;
    }

    /** Why the change was taken back, empty if it was not. */
    Optional<String> refusal() {
        return refusal;
    }

    @Override
    public void look(FormedStack stack, StackHistory happened) throws InterruptedException {
        boolean undecided = stack.status().equals("UPDATE_IN_PROGRESS") && refusal.isEmpty();
        Optional<URI> edge = stack.output(ServerStack.URL).map(URI::create);
        if (undecided && happened.hasReplacedGroup() && edge.isPresent()) {
            judge(stack, outside.missing(edge.get(), version));
        }
    }

    private void judge(FormedStack stack, String missing) {
        bad = missing.isEmpty() ? 0 : bad + 1;
        if (bad >= MOST_BAD) {
            takeBack(stack, missing);
        }
    }

    private void takeBack(FormedStack stack, String missing) {
        String problem = "users do not get " + version + " from the new instances: " + missing;
        try {
            aws.formation().cancel(stack);
            refusal = Optional.of(missing);
            report.tell("edge", EventKind.NOTICE, problem + "; the change is taken back");
        } catch (AwsException e) {
            // It may be over just now; then the end is judged. Else the next look tries again.
            String notice = problem + "; " + e.getMessage();
            if (!notice.equals(told)) {
                told = notice;
                report.tell("edge", EventKind.NOTICE, notice);
            }
        }
    }
}
