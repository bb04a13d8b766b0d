package dev.upkeep.checker.version;

/** One version and no other: {@code 1.0.6} is not {@code 1.0.60}, nor {@code 1.0.6+build}. */
record ExactVersion(String version) implements ExpectedVersion {
    ExactVersion {
        String given = version;
        version = VersionText.parse(given)
                .orElseThrow(() -> new IllegalArgumentException("not a version: \"" + given
                        + "\"; one word of letters, digits and . + ~ _ - is expected, such as 1.0.6"));
    }

    @Override
    public Reading read(String body) {
        return VersionText.parse(body)
                .map(served -> Reading.of(served, version.equals(served)))
                .orElseGet(Reading.Unreadable::new);
    }

    @Override
    public String description() {
        return version;
    }
}
