package dev.upkeep.cli.config;

import dev.upkeep.checker.verdict.ShownUri;

/**
 * A value as it is to be used, and as it was written.
 *
 * @param text with the environment's variables put in; may be a secret
 * @param written as it stands in the file; may be shown
 * @param position where
 */
record Value(String text, String written, Position position) {

    /** Whether something in it came from the environment. */
    boolean isFromEnvironment() {
        return !text.equals(written);
    }

    /** Replaces in a message what came from the environment by what stands in the file. */
    String shown(String message) {
        return !isFromEnvironment() || text.isEmpty()
                ? message
                : message.replace(text, written).replace(ShownUri.of(text), ShownUri.of(written));
    }

    @Override
    public String toString() {
        return "Value[" + written + "]";
    }
}
