package dev.upkeep.checker.verdict;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an address is shown to people and written into reports: without what may be a secret. The user and password before the host, the
 * values in the query and the fragment become {@value #HIDDEN}; the names in the query stay.
 */
public final class ShownUri {
    /** What stands in place of what is not shown. */
    public static final String HIDDEN = "***";

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)?//");

    private ShownUri() {}

    /** A URI, without its secrets. */
    public static String of(URI uri) {
        return of(uri.toString());
    }

    /**
     * What somebody wrote where an address was expected, without what may be a secret in it. It need not be a URI: a password has
     * characters that none may have, and then all up to the last {@code @} counts as user and password.
     */
    public static String of(String text) {
        int from = afterSlashes(text);
        int host = isPlain(text) ? from : Math.max(from, text.lastIndexOf('@'));
        String start = host == from ? text.substring(0, from) : text.substring(0, from) + HIDDEN;
        return start + withoutValues(text.substring(host));
    }

    /** Whether it is a web address that Java understands, and nothing before its host can be a user. */
    private static boolean isPlain(String text) {
        try {
            URI uri = new URI(text);
            boolean suspect =
                    uri.getRawFragment() != null && uri.getRawFragment().contains("@");
            return uri.getHost() != null && uri.getRawUserInfo() == null && !suspect;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int afterSlashes(String text) {
        Matcher scheme = SCHEME.matcher(text);
        return scheme.lookingAt() ? scheme.end() : 0;
    }

    private static String withoutValues(String text) {
        int fragment = text.indexOf('#');
        String shown = fragment < 0 ? text : text.substring(0, fragment);
        int query = shown.indexOf('?');
        return (query < 0 ? shown : shown.substring(0, query + 1) + names(shown.substring(query + 1)))
                + (fragment < 0 ? "" : "#" + HIDDEN);
    }

    private static String names(String query) {
        StringBuilder shown = new StringBuilder();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? "" : parameter.substring(0, equals + 1);
            shown.append(shown.isEmpty() ? "" : "&").append(name).append(parameter.isEmpty() ? "" : HIDDEN);
        }
        return shown.toString();
    }
}
