package dev.upkeep.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Texts that come with the program. */
final class Resources {

    static final String CONFIG_SCHEMA = "/dev/upkeep/cli/upkeep.schema.json";
    static final String CHECK_SCHEMA = "/dev/upkeep/cli/check-output.schema.json";
    static final String HEAL_SCHEMA = "/dev/upkeep/cli/heal-output.schema.json";
    static final String STACK_SCHEMA = "/dev/upkeep/cli/stack-output.schema.json";
    static final String IMAGES_SCHEMA = "/dev/upkeep/cli/images-output.schema.json";
    static final String TEMPLATE = "/dev/upkeep/cli/upkeep.yaml.template";

    private Resources() {}

    static String text(String name) {
        try (InputStream stream = Resources.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name + " out of the program itself failed", e);
        }
    }
}
