package dev.upkeep.checker.version;

/** Whatever version is served. */
enum AnyVersion implements ExpectedVersion {
    INSTANCE;

    @Override
    public Reading read(String body) {
        return VersionText.parse(body).map(served -> Reading.of(served, true)).orElseGet(Reading.Unreadable::new);
    }

    @Override
    public String description() {
        return "any version";
    }
}
