package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;

/** Whether a stack on AWS goes over to the newest machine image of its kind. */
final class UpgradeOption {

    private final Argument<Boolean> upgrade = Argument.option("--upgrade-image")
            .help("Take the newest machine image of the kind, which replaces all instances (AWS).")
            .alone();

    Argument<Boolean> argument() {
        return upgrade;
    }

    /** Refuses it where it would change nothing. */
    void refuseWith(String other) {
        if (upgrade.isGiven()) {
            throw new UsageException("--upgrade-image says nothing about " + other + "; leave one of them out");
        }
    }

    /** What is wanted. */
    StackSpec of(StackSpec spec) {
        if (!upgrade.isGiven()) {
            return spec;
        }
        if (!(spec.settings() instanceof AwsSettings aws)) {
            throw new UsageException("--upgrade-image is for stacks on AWS, and the file says platform: "
                    + spec.settings().platform());
        }
        if (aws.server().isBaked()) {
            throw new UsageException(
                    "--upgrade-image is for images that others publish; upkeep ami build makes a newer one of the stack's own, and an apply takes that");
        }
        if (AwsSettings.Server.isId(aws.server().image())) {
            throw new UsageException("--upgrade-image finds none newer than "
                    + aws.server().image() + ", which the file names; name another one there");
        }
        return spec.withNewestImage();
    }
}
