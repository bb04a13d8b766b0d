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

    /** A group launches one instance after another until CloudFormation gives it up. */
    private static final int CONSOLES = 3;

    private final AwsAccess aws;

    GroupEvidence(AwsAccess aws) {
        this.aws = aws;
    }

    @Override
    public Found of(FormedStack left, StackHistory happened) {
        Instant since =
                happened.events().stream().map(StackEvent::at).findFirst().orElse(left.since());
        return happened.isFailureOfGroup()
                ? new Found(activities(happened, since), unlessRefused(() -> lastWords(left, happened, since)))
                : Found.NOTHING;
    }

    private String activities(StackHistory happened, Instant since) {
        return happened.newGroup()
                .map(group -> unlessRefused(() -> String.join("; ", aws.groups().failedLaunches(group, since))))
                .orElse("");
    }

    /** An instance that does not come up sends the end of what it said before it goes, unless it did not come that far. */
    private String lastWords(FormedStack left, StackHistory happened, Instant since) {
        String sent = end(aws.logs().since(BaseStack.logGroup(left.name()), BaseStack.BOOT_LOGS, since));
        return sent.isEmpty()
                ? happened.newGroup().map(group -> console(group, since)).orElse("")
                : sent;
    }

    /** Of the newest instance that has written something. */
    private String console(String group, Instant since) {
        return aws.groups().launched(group, since).stream()
                .limit(CONSOLES)
                .map(this::console)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String console(String instance) {
        String text = aws.machines().console(instance);
        return text.isEmpty()
                ? ""
                : "console of " + instance + ":\n" + end(text.lines().toList());
    }

    private static String end(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    private static String unlessRefused(Supplier<String> question) {
        try {
            return question.get();
        } catch (AwsException e) {
            return "no evidence: " + e.getMessage();
        }
    }
}
