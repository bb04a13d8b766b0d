package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.local.LocalPlatform;
import dev.upkeep.infra.spec.LocalSettings;

/**
 * Opens the platform that a file or a saved plan names: the one place that knows the classes of platforms. What a platform has of its
 * own in a file is in {@link dev.upkeep.infra.spec.PlatformSettings}; CONTRIBUTING says what else a new one needs.
 */
final class Platforms {

    private Platforms() {}

    /** Whether this version has a platform. */
    static boolean has(String platform) {
        return platform.equals(LocalSettings.PLATFORM);
    }

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
        if (!has(platform)) {
            throw new FailedException("platform " + platform
                    + " is not in this version yet; write platform: local to stand the stack up on this machine");
        }
        return LocalPlatform.builder()
                .stateFolder(StateFolders.standard(terminal))
                .outsideCheck(new EdgeCheck())
                .build();
    }
}
