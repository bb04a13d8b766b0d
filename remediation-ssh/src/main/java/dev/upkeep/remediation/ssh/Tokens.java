package dev.upkeep.remediation.ssh;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The percent signs of ssh_config. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("%(.?)");
    private static final String HOME = System.getProperty("user.home");

    private Tokens() {}

    /** With values for letters; {@code d}, {@code u} and the percent sign itself have theirs. */
    static String expand(String text, Map<String, String> values, String keyword) {
        return TOKEN.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), values, keyword)));
    }

    private static String value(String letter, Map<String, String> values, String keyword) {
        String value = switch (letter) {
            case "%" -> "%";
            case "d" -> HOME;
            case "u" -> System.getProperty("user.name");
            default -> values.get(letter);
        };
        if (value == null) {
            throw new SshConfigException("%" + letter + " in " + keyword + " is not known here");
        }
        return value;
    }

    /** A path whose tilde stands for the home folder. */
    static Path home(String path) {
        return path.startsWith("~/") ? Path.of(HOME, path.substring(2)) : Path.of(path);
    }
}
