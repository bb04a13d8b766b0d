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
     * @param note why no such version can ever be the expected one, in words; empty if it is just another
     */
    record Other(String version, String note) implements Reading {
        /** Just another version. */
        public Other(String version) {
            this(version, "");
        }
    }

    /** The body holds no version: an error page, an empty file, a document without the field. */
    record Unreadable() implements Reading {}

    /** The reading for a version that was found. */
    static Reading of(String version, boolean expected) {
        return expected ? new Expected(version) : new Other(version);
    }
}
