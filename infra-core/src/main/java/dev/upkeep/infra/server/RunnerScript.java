package dev.upkeep.infra.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code docker/runner/upkeep-run}, which starts, swaps and stops releases in containers, here and on servers. */
public final class RunnerScript {

    /** Its name, wherever it lies. */
    public static final String NAME = "upkeep-run";

    private RunnerScript() {}

    /**
     * The script itself.
     *
     * @return its text, for bash
     */
    public static String text() {
        try (InputStream content = RunnerScript.class.getResourceAsStream(NAME)) {
            if (content == null) {
                throw new IllegalStateException(NAME + " is not in this build");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to read " + NAME + " from the jar", e);
        }
    }
}
