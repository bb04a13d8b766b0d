package dev.upkeep.checker.version;

import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/** A range of semantic versions. What is served but is no semantic version lies in no range. */
final class VersionRange implements ExpectedVersion {
    private final String range;
    private final RangeList parsed;

    VersionRange(String range) {
        this.range = range.strip();
        this.parsed = RangeListFactory.create(this.range);
        if (this.range.isEmpty() || parsed.get().isEmpty() || !mentionsVersion()) {
            throw new IllegalArgumentException("not a range of versions: \"" + range
                    + "\"; expected is npm's notation, such as ^1.0.0 or >=1.0.6 <2");
        }
    }

    private boolean mentionsVersion() {
        return range.chars().anyMatch(c -> (c >= '0' && c <= '9') || c == '*' || c == 'x');
    }

    @Override
    public Reading read(String body) {
        return VersionText.parse(body).map(this::compare).orElseGet(Reading.Unreadable::new);
    }

    private Reading compare(String served) {
        Semver version = Semver.parse(served);
        return version == null ? new Reading.NotSemantic(served) : Reading.of(served, version.satisfies(parsed));
    }

    @Override
    public String description() {
        return "in range " + range;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange that && range.equals(that.range);
    }

    @Override
    public int hashCode() {
        return range.hashCode();
    }

    @Override
    public String toString() {
        return "VersionRange[" + range + "]";
    }
}
