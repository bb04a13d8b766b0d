package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.aws.AwsPlatform;
import dev.upkeep.infra.local.LocalPlatform;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.PlatformSettings;
import dev.upkeep.infra.time.Polling;
import dev.upkeep.infra.time.Sleeper;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Opens the platform that a file or a saved plan names: the one place that knows the classes of platforms. What a platform has of its
 * own in a file is in {@link dev.upkeep.infra.spec.PlatformSettings}; CONTRIBUTING says what else a new one needs.
 */
final class Platforms {

    /** Often enough for people, and seldom enough for the limits of the API of CloudFormation. */
    private static final Duration AWS_PAUSE = Duration.ofSeconds(2);

    private Platforms() {}

    /**
     * Opens the platform of a file.
     *
     * @return to be closed by the caller
     */
    static Platform open(Config config, Terminal terminal) {
        return open(config.spec().settings(), config.check().url(), terminal);
    }

    /**
     * Opens the platform of a saved plan, in the region that it was made in, to ask where its file said.
     *
     * @return to be closed by the caller
     * @throws FailedException if there is no such platform
     */
    static Platform open(Plan plan, Terminal terminal) {
        return switch (plan.platform()) {
            case AwsSettings.PLATFORM -> aws(plan.reach().region(), plan.reach().url(), terminal);
            case LocalSettings.PLATFORM -> local(terminal);
            default -> throw new FailedException("this version has no platform " + plan.platform());
        };
    }

    /**
     * Opens a platform.
     *
     * @return to be closed by the caller
     */
    static Platform open(PlatformSettings settings, Terminal terminal) {
        return open(settings, Optional.empty(), terminal);
    }

    private static Platform open(PlatformSettings settings, Optional<URI> url, Terminal terminal) {
        return settings instanceof AwsSettings aws ? aws(aws.region(), url, terminal) : local(terminal);
    }

    private static Platform aws(Optional<String> region, Optional<URI> url, Terminal terminal) {
        return AwsPlatform.in(
                region,
                new AwsPlatform.Ports(
                        new AwsImages(terminal),
                        new EdgeCheck(url),
                        new Polling(InstantSource.system(), Sleeper.real()).every(AWS_PAUSE)),
                InstantSource.system());
    }

    private static Platform local(Terminal terminal) {
        return LocalPlatform.builder()
                .stateFolder(StateFolders.standard(terminal))
                .outsideCheck(new EdgeCheck())
                .build();
    }
}
