package dev.upkeep.checker.check;

import dev.upkeep.checker.verdict.ShownUri;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a check can ask for, and what it cannot. A refusal never shows what may be a secret. */
final class RequestRules {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "accept-encoding", "upgrade", "expect");
    private static final Set<String> METHODS = Set.of("GET", "POST");

    private RequestRules() {}

    /** Throws an {@link IllegalArgumentException} for an address that cannot be asked. */
    static URI requestable(URI uri) {
        if (uri.getRawUserInfo() != null
                || (uri.getHost() == null && uri.toString().contains("@"))) {
            throw new IllegalArgumentException("the address " + ShownUri.of(uri)
                    + " carries a user or password, which would end up in logs; send an Authorization header instead");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || uri.getRawAuthority() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new IllegalArgumentException("not an address that can be checked: \"" + ShownUri.of(uri)
                    + "\"; expected is one such as https://www.example.org/version.txt");
        }
        if (!isHost(uri.getHost())) {
            throw new IllegalArgumentException("not an address that can be checked: \"" + ShownUri.of(uri)
                    + "\"; expected as host is a name of letters, digits and hyphens (no underscore; others in "
                    + "their xn-- form), or an address without a zone; to reach another, dial its address");
        }
        return uri;
    }

    /** What Java reads as a host, with the lengths of RFC 1035, section 2.3.4. */
    private static boolean isHost(@Nullable String host) {
        return host != null
                && !host.contains("%")
                && host.length() <= 253
                && Arrays.stream(host.split("\\.", -1)).allMatch(label -> label.length() <= 63);
    }

    /** Throws an {@link IllegalArgumentException} for a method that brings no body. */
    static String method(String name) {
        if (!METHODS.contains(name)) {
            throw new IllegalArgumentException("a version check cannot use " + name
                    + "; only GET and POST bring back a body to read the version from");
        }
        return name;
    }

    /** Throws an {@link IllegalArgumentException} for a header that cannot be sent, or not by the caller. */
    static void checkHeader(String name, String value) {
        if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the header " + name + " is the checker's own; to reach a server under "
                    + "another name or address, put the name into the URI and dial the address");
        }
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !value.matches("[\\t\\x20-\\x7e]*")) {
            throw new IllegalArgumentException("the header " + name.replaceAll("[^\\x20-\\x7e]", "?")
                    + " cannot be sent: names are tokens (RFC 9110), values printable ASCII");
        }
        if (value.length() > VersionCheck.MAXIMUM_HEADER_LENGTH) {
            throw new IllegalArgumentException("the header " + name + " has " + value.length()
                    + " characters; servers take no more than " + VersionCheck.MAXIMUM_HEADER_LENGTH);
        }
    }
}
