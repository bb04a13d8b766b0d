package dev.upkeep.checker.version;

/** What was found in a body: the version that was expected, another one, or none at all. */
public sealed interface Reading {

    /**
     * The body says what was expected.
     *
     * @param version as served, without a leading {@code v}
     */
    record Expected(String version) implements Reading {}

    /**
     * The body holds a version, but not one that was expected.
     *
     * @param version as served, without a leading {@code v}
     */
    record Other(String version) implements Reading {}

    /**
     * A range is expected, and the body holds a version that is no semantic version: it lies in no range at all.
     *
     * @param version as served, without a leading {@code v}
     */
    record NotSemantic(String version) implements Reading {}

    /** The body holds no version: an error page, an empty file, a document without the field. */
    record Unreadable() implements Reading {}

    /** The reading for a version that was found. */
    static Reading of(String version, boolean expected) {
        return expected ? new Expected(version) : new Other(version);
    }
}
