package dev.upkeep.cli.config;

import dev.upkeep.checker.version.ExpectedVersion;
import java.util.Optional;

/**
 * What a stack must serve, as far as its file says so.
 *
 * @param stated the range or the pattern that the file states; without one, it is exactly the version
 * @param version the version of the stack; empty if there is no stack
 * @param jsonField the field of a JSON body that says the version, if it stands in one
 */
public record Expectation(Optional<ExpectedVersion> stated, Optional<String> version, Optional<String> jsonField) {

    /** Whatever is served is right. */
    static final Expectation NONE = new Expectation(Optional.empty(), Optional.empty(), Optional.empty());

    /** Exactly a version, in plain text. */
    static Expectation exactly(String version) {
        return new Expectation(Optional.empty(), Optional.of(version), Optional.empty());
    }

    /** The same for another version of the stack. */
    Expectation of(String other) {
        return new Expectation(stated, Optional.of(other), jsonField);
    }

    /** In the checker's terms. */
    ExpectedVersion toExpectedVersion() {
        ExpectedVersion text =
                stated.orElseGet(() -> version.map(Expectation::text).orElseGet(ExpectedVersion::any));
        return jsonField.map(field -> ExpectedVersion.inJsonField(field, text)).orElse(text);
    }

    private static ExpectedVersion text(String version) {
        try {
            return ExpectedVersion.exactly(version);
        } catch (IllegalArgumentException reportedWithTheStack) {
            return ExpectedVersion.any();
        }
    }
}
