package dev.upkeep.remediation.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of ssh_config.
 *
 * @param keyword in lower case
 * @param arguments without quotes
 * @param place the file and the line's number
 * @param included for {@code Include}, the lines of each file; else empty
 */
record ConfigLine(String keyword, List<String> arguments, String place, List<List<ConfigLine>> included) {
    private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z]+)(?:\\s*=\\s*|\\s+)(.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|#.*|([^\\s\"]+)");

    /** Nothing for a line that is empty or a comment. */
    static Optional<ConfigLine> parse(String line, String place) {
        if (line.isBlank() || line.strip().startsWith("#")) {
            return Optional.empty();
        }
        Matcher parts = LINE.matcher(line.strip());
        if (!parts.matches()) {
            throw new SshConfigException(place + " is not a keyword and its value");
        }
        List<String> words = words(parts.group(2));
        if (words.isEmpty()) {
            throw new SshConfigException(place + " has no value");
        }
        return Optional.of(new ConfigLine(parts.group(1).toLowerCase(Locale.ROOT), words, place, List.of()));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find() && !word.group().startsWith("#")) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    ConfigLine including(List<List<ConfigLine>> files) {
        return new ConfigLine(keyword, arguments, place, files);
    }

    String value() {
        return arguments.get(0);
    }
}
