package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import java.util.Optional;

/**
 * The stack stands in an account of Amazon Web Services.
 *
 * @param region where; empty takes the region of the user's own AWS configuration
 */
public record AwsSettings(Optional<String> region) implements PlatformSettings {

    /** The word that configuration files use for it. */
    public static final String PLATFORM = "aws";

    /**
     * Checks the region.
     *
     * @throws InvalidSpecException if it is no region
     */
    public AwsSettings {
        SpecRules.throwIfAny(region.flatMap(SpecRules::region).stream().toList());
    }

    @Override
    public String platform() {
        return PLATFORM;
    }
}
