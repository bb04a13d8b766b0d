package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackEvent;
import dev.upkeep.infra.aws.formation.StackHistory;
import java.time.Instant;

/** Why the instances of a group did not come into service, as far as AWS still knows it when they are gone. */
final class GroupEvidence implements Endings.Evidence {

    /** A group launches one instance after another until CloudFormation gives it up. */
    private static final int CONSOLES = 3;

    private final AwsAccess aws;
    private final LastWords words;

    GroupEvidence(AwsAccess aws) {
        this.aws = aws;
        this.words = new LastWords(aws);
    }

    @Override
    public Found of(FormedStack left, StackHistory happened) {
        Instant since =
                happened.events().stream().map(StackEvent::at).findFirst().orElse(left.since());
        return happened.isFailureOfGroup()
                ? new Found(
                        activities(happened, since), LastWords.unlessRefused(() -> lastWords(left, happened, since)))
                : Found.NOTHING;
    }

    private String activities(StackHistory happened, Instant since) {
        return happened.newGroup()
                .map(group -> LastWords.unlessRefused(
                        () -> String.join("; ", aws.groups().failedLaunches(group, since))))
                .orElse("");
    }

    private String lastWords(FormedStack left, StackHistory happened, Instant since) {
        String sent = words.sent(left.name(), since);
        return sent.isEmpty()
                ? happened.newGroup().map(group -> console(group, since)).orElse("")
                : sent;
    }

    /** Of the newest instance that has written something. */
    private String console(String group, Instant since) {
        return aws.groups().launched(group, since).stream()
                .limit(CONSOLES)
                .map(words::console)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
