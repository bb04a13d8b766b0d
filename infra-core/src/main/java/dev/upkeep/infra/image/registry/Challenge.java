package dev.upkeep.infra.image.registry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry wants to see before it answers: the header {@code WWW-Authenticate} (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case, such as {@code bearer}
 * @param parameters by their names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]+))");

    static Optional<Challenge> parse(String header) {
        String[] words = header.strip().split("\\s+", 2);
        if (words[0].isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher each = PARAMETER.matcher(words.length > 1 ? words[1] : "");
        while (each.find()) {
            String value = each.group(2) == null ? each.group(3) : each.group(2).replaceAll("\\\\(.)", "$1");
            parameters.put(each.group(1).toLowerCase(Locale.ROOT), value);
        }
        return Optional.of(new Challenge(words[0].toLowerCase(Locale.ROOT), parameters));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Whether a token was understood, and does not go as far as what was asked for (RFC 6750, 3.1). */
    boolean isBeyondTheUsersRights() {
        return parameter("error").filter("insufficient_scope"::equals).isPresent();
    }
}
