package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.spec.StackName;
import java.util.stream.Stream;

/** Why an instance that is a resource of its own did not signal, as far as AWS still knows it when it is gone. */
final class InstanceEvidence implements Endings.Evidence {

    private static final String INSTANCE = "AWS::EC2::Instance";

    private final LastWords words;
    private final StackName stack;

    InstanceEvidence(AwsAccess aws, StackName stack) {
        this.words = new LastWords(aws);
        this.stack = stack;
    }

    @Override
    public Found of(FormedStack left, StackHistory happened) {
        return happened.firstFailure()
                .filter(event -> event.type().equals(INSTANCE))
                .map(event -> new Found(
                        "",
                        words.of(
                                stack.text(),
                                happened.since(left),
                                () -> Stream.of(event.physicalId()).filter(id -> !id.isEmpty()))))
                .orElse(Found.NOTHING);
    }
}
