package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.StackName;

/** Looks at a stack and changes nothing, so that it may be interrupted at any moment. */
final class StackReading {

    private StackReading() {}

    /** What is looked at. */
    @FunctionalInterface
    interface Look<T> {

        T at(Platform platform, StackName stack) throws InterruptedException;
    }

    static <T> T of(Config config, Terminal terminal, Look<T> look) throws InterruptedException {
        try (Platform platform = Platforms.open(config, terminal)) {
            return InterruptibleWork.reading(
                    terminal,
                    "Interrupted; nothing was changed.",
                    () -> look.at(platform, config.spec().name()));
        }
    }

    /** The operation of now, or the last one that is known. */
    static Operation latest(Platform platform, StackName stack) throws InterruptedException {
        return platform.latest(stack)
                .orElseThrow(() -> new FailedException("nothing is known of any operation on stack " + stack));
    }
}
