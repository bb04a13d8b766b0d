package dev.upkeep.checker.version;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body that matches a regular expression. */
final class VersionPattern implements ExpectedVersion {
    /** The longest body that is matched, in characters. Backtracking on more than that takes too much stack. */
    static final int MAXIMUM_BODY = 4096;

    private final Pattern pattern;

    VersionPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Reading read(String body) {
        String text = VersionText.strip(body);
        Optional<String> matched = text.length() > MAXIMUM_BODY ? Optional.empty() : match(text);
        if (matched.isPresent()) {
            return new Reading.Expected(matched.get());
        }
        return VersionText.parse(body).<Reading>map(Reading.Other::new).orElseGet(Reading.Unreadable::new);
    }

    private Optional<String> match(String text) {
        try {
            Matcher matcher = pattern.matcher(new BoundedText(text));
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String group = matcher.groupCount() > 0 ? matcher.group(1) : null;
            return Optional.of(group == null ? text : group);
        } catch (BoundedText.TooManySteps | StackOverflowError tooHard) {
            return Optional.empty();
        }
    }

    @Override
    public String description() {
        return "matching " + pattern;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionPattern that
                && pattern.pattern().equals(that.pattern.pattern())
                && pattern.flags() == that.pattern.flags();
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
        return "VersionPattern[" + pattern + "]";
    }
}
