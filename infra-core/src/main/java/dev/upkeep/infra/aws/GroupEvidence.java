package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackEvent;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.failure.AwsException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Why the instances of a group did not come into service, as far as AWS still knows it when they are gone. */
final class GroupEvidence implements Endings.Evidence {

    private static final int LINES = 20;

    private final AwsAccess aws;

    GroupEvidence(AwsAccess aws) {
        this.aws = aws;
    }

    @Override
    public Found of(FormedStack left, StackHistory happened) {
        Instant since =
                happened.events().stream().map(StackEvent::at).findFirst().orElse(left.since());
        return happened.isFailureOfGroup()
                ? new Found(activities(happened, since), bootLog(left, since))
                : Found.NOTHING;
    }

    private String activities(StackHistory happened, Instant since) {
        return happened.newGroup()
                .map(group -> unlessRefused(() -> String.join("; ", aws.groups().failedLaunches(group, since))))
                .orElse("");
    }

    /** An instance that does not come up sends the end of what it said before it goes. */
    private String bootLog(FormedStack left, Instant since) {
        return unlessRefused(() -> {
            List<String> lines = aws.logs().since(BaseStack.logGroup(left.name()), BaseStack.BOOT_LOGS, since);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        });
    }

    private static String unlessRefused(Supplier<String> question) {
        try {
            return question.get();
        } catch (AwsException e) {
            return "no evidence: " + e.getMessage();
        }
    }
}
