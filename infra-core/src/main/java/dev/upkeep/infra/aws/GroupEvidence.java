package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackHistory;
import java.time.Instant;
import java.util.stream.Stream;

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
        Instant since = happened.since(left);
        return happened.isFailureOfGroup()
                ? new Found(activities(happened, since), words.of(left.name(), since, () -> newest(happened, since)))
                : Found.NOTHING;
    }

    private String activities(StackHistory happened, Instant since) {
        return happened.newGroup()
                .map(group -> LastWords.unlessRefused(
                        () -> String.join("; ", aws.groups().failedLaunches(group, since))))
                .orElse("");
    }

    private Stream<String> newest(StackHistory happened, Instant since) {
        return happened.newGroup().stream()
                .flatMap(group -> aws.groups().launched(group, since).stream().limit(CONSOLES));
    }
}
