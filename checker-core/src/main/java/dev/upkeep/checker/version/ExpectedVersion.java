package dev.upkeep.checker.version;

import java.util.regex.Pattern;

/**
 * What a reply must say to count as the right version, and how the version is read out of the reply's body.
 *
 * <p>Unless it says otherwise, a body is a <em>version text</em>: after a byte order mark and white space at both ends are
 * taken away, one word of at most {@value VersionText#MAXIMUM_LENGTH} characters. A leading {@code v} before a digit does not
 * count, neither in the body nor in the expectation. Immutable and safe for use by many threads.
 */
public sealed interface ExpectedVersion permits ExactVersion, VersionRange, VersionPattern, JsonVersion, AnyVersion {

    /**
     * Exactly this version.
     *
     * @param version such as {@code 1.0.6} or {@code v1.0.6}, which mean the same
     * @throws IllegalArgumentException if it is not a version text
     */
    static ExpectedVersion exactly(String version) {
        return new ExactVersion(version);
    }

    /**
     * Any version within a range in the notation of npm.
     *
     * @param range such as {@code ^1.0.0} or {@code >=1.0.6 <2}
     * @throws IllegalArgumentException if it is not a range
     * @see <a href="https://github.com/npm/node-semver#ranges">the notation</a>
     */
    static ExpectedVersion inRange(String range) {
        return new VersionRange(range);
    }

    /**
     * Any body that matches completely. The version served is the first group, or the whole match where there is no group.
     * At most the first {@value VersionPattern#MAXIMUM_BODY} characters are looked at, and a match that takes too many steps
     * counts as none, so that a hostile body cannot hold up a check.
     *
     * @param pattern matched against the body without byte order mark and white space at its ends
     */
    static ExpectedVersion matching(Pattern pattern) {
        return new VersionPattern(pattern);
    }

    /**
     * A field of a JSON document.
     *
     * @param field a name, such as {@code version}, or a JSON pointer, such as {@code /build/version} (RFC 6901)
     * @param expected what the field's text or number must be
     * @throws IllegalArgumentException if the field is blank, or the expectation is itself one for JSON
     */
    static ExpectedVersion inJsonField(String field, ExpectedVersion expected) {
        return new JsonVersion(field, expected);
    }

    /** Any version text at all: for asking what is served. */
    static ExpectedVersion any() {
        return AnyVersion.INSTANCE;
    }

    /**
     * Reads the version out of a body and compares it.
     *
     * @param body the whole body as text, within the limit of the check
     */
    Reading read(String body);

    /** The expectation in a few words, for messages: {@code 1.0.6}, {@code in range ^1.0.0}. */
    String description();
}
