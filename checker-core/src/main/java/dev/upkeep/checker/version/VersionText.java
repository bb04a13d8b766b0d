package dev.upkeep.checker.version;

import java.util.Optional;
import java.util.regex.Pattern;

/** Tells a version from what is not one, such as an error page. */
final class VersionText {
    /** The longest text that counts as a version, in characters. Longer ones are pages, not versions. */
    static final int MAXIMUM_LENGTH = 128;

    private static final Pattern VERSION =
            Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+~_-]{0," + (MAXIMUM_LENGTH - 1) + "}");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private VersionText() {}

    static Optional<String> parse(String body) {
        String text = strip(body);
        return VERSION.matcher(text).matches() ? Optional.of(withoutPrefix(text)) : Optional.empty();
    }

    /** Takes the byte order mark and ASCII white space away from both ends; other white space is part of the text. */
    static String strip(String body) {
        int from = !body.isEmpty() && body.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        int to = body.length();
        while (from < to && isAsciiSpace(body.charAt(from))) {
            from++;
        }
        while (to > from && isAsciiSpace(body.charAt(to - 1))) {
            to--;
        }
        return body.substring(from, to);
    }

    private static boolean isAsciiSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static String withoutPrefix(String text) {
        boolean prefixed = text.length() > 1
                && (text.charAt(0) == 'v' || text.charAt(0) == 'V')
                && Character.digit(text.charAt(1), 10) >= 0;
        return prefixed ? text.substring(1) : text;
    }
}
