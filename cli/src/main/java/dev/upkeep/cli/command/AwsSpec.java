package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;

/** What the commands that only a stack on AWS has ask of its file. */
final class AwsSpec {

    private AwsSpec() {}

    /** Refuses a stack of another platform. */
    static StackSpec of(StackSpec spec, String what) {
        if (spec.settings() instanceof AwsSettings) {
            return spec;
        }
        throw new FailedException("platform " + spec.settings().platform() + " has no " + what
                + "; write platform: aws for a stack on AWS");
    }
}
