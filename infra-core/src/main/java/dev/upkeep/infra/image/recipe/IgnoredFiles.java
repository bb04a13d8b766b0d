package dev.upkeep.infra.image.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The files that a {@code .dockerignore} leaves out, by Docker's rules. Immutable. */
final class IgnoredFiles {

    private record Rule(Pattern pattern, boolean excludes) {}

    private final List<Rule> rules;

    private IgnoredFiles(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads the lines of a file.
     *
     * @throws IllegalArgumentException if a pattern cannot be understood, with its line
     */
    static IgnoredFiles parse(List<String> lines) {
        List<Rule> rules = new ArrayList<>();
        for (int number = 0; number < lines.size(); number++) {
            String line = lines.get(number).strip();
            if (number == 0 && line.startsWith("\uFEFF")) {
                line = line.substring(1);
            }
            if (!line.isEmpty() && !lines.get(number).startsWith("#")) {
                rules.add(rule(line, number + 1));
            }
        }
        return new IgnoredFiles(rules);
    }

    private static Rule rule(String line, int number) {
        boolean excludes = !line.startsWith("!");
        String pattern = (excludes ? line : line.substring(1).strip()).replaceAll("^/+|/+$", "");
        while (pattern.startsWith("./")) {
            pattern = pattern.substring(2);
        }
        try {
            return new Rule(Pattern.compile(expression(pattern)), excludes);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "line " + number + " cannot be understood: " + line + " (" + e.getDescription() + ")", e);
        }
    }

    /** As in Docker's patternmatcher: a match of a folder is a match of everything in it. */
    private static String expression(String pattern) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char next = pattern.charAt(at);
            if (pattern.startsWith("**", at)) {
                boolean folders = pattern.startsWith("**/", at);
                text.append(folders ? "(?:.*/)?" : ".*");
                at += folders ? 2 : 1;
            } else if (next == '*') {
                text.append("[^/]*");
            } else if (next == '?') {
                text.append("[^/]");
            } else if ("[]-".indexOf(next) >= 0
                    || (next == '^' && text.toString().endsWith("["))) {
                text.append(next);
            } else {
                boolean escaped = next == '\\' && at + 1 < pattern.length();
                at += escaped ? 1 : 0;
                text.append(Pattern.quote(String.valueOf(pattern.charAt(at))));
            }
        }
        return text + "(?:/.*)?";
    }

    /** The last rule that speaks of a file decides. */
    boolean contains(String path) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if (ignored != rule.excludes && rule.pattern.matcher(path).matches()) {
                ignored = rule.excludes;
            }
        }
        return ignored;
    }

    /** Whether a folder is left out with everything in it: no rule brings a part of it back. */
    boolean containsWhole(String folder) {
        return rules.stream().allMatch(Rule::excludes) && contains(folder);
    }
}
