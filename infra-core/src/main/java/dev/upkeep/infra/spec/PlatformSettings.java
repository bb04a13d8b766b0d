package dev.upkeep.infra.spec;

import java.util.List;

/** The settings that only one platform has, and by that the choice of the platform. */
public sealed interface PlatformSettings permits LocalSettings, AwsSettings {

    /** The words for all platforms. */
    List<String> PLATFORMS = List.of(AwsSettings.PLATFORM, LocalSettings.PLATFORM);

    /**
     * The word that configuration files use for the platform.
     *
     * @return {@code local} or {@code aws}
     */
    String platform();
}
