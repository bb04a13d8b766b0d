package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.config.PlatformKind;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.local.LocalPlatform;

/** Finds the platform that a file names. */
final class Platforms {

    private Platforms() {}

    /**
     * Opens a platform.
     *
     * @return to be closed by the caller
     * @throws FailedException if this version does not have it
     */
    static Platform open(Config config, Terminal terminal) {
        if (config.platform() == PlatformKind.AWS) {
            throw new FailedException(
                    "platform aws is not in this version yet; write platform: local to stand the stack up "
                            + "on this machine");
        }
        return LocalPlatform.builder()
                .stateFolder(StateFolders.standard(terminal))
                .build();
    }
}
