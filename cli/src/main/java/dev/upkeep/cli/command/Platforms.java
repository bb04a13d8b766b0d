package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.local.LocalPlatform;
import dev.upkeep.infra.spec.LocalSettings;

/** Finds the platform that a file or a saved plan names. The one place where a platform is plugged in. */
final class Platforms {

    private Platforms() {}

    /**
     * Opens the platform of a file.
     *
     * @return to be closed by the caller
     * @throws FailedException if this version does not have it
     */
    static Platform open(Config config, Terminal terminal) {
        return open(config.spec().settings().platform(), terminal);
    }

    /**
     * Opens a platform.
     *
     * @param platform the word that files use for it
     * @return to be closed by the caller
     * @throws FailedException if this version does not have it
     */
    static Platform open(String platform, Terminal terminal) {
        if (!platform.equals(LocalSettings.PLATFORM)) {
            throw new FailedException("platform " + platform
                    + " is not in this version yet; write platform: local to stand the stack up on this machine");
        }
        return LocalPlatform.builder()
                .stateFolder(StateFolders.standard(terminal))
                .outsideCheck(new EdgeCheck())
                .build();
    }
}
