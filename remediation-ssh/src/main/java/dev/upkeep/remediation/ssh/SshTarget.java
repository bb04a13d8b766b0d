package dev.upkeep.remediation.ssh;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user on a host.
 *
 * @param user who to be there
 * @param host a name or an address, in lower case; an address of IPv6 without brackets
 * @param port 1 to 65535
 */
public record SshTarget(String user, String host, int port) {

    /** The port of SSH. */
    public static final int DEFAULT_PORT = 22;

    private static final Pattern HOST = Pattern.compile("[a-z0-9_:.][a-z0-9_:.%-]*");
    private static final Pattern USER =
            Pattern.compile("[^-\\s\\p{Cntrl}'\"`$\\\\;&<>|(){}][^\\s\\p{Cntrl}'\"`$;&<>|(){}]*");
    private static final Pattern TEXT =
            Pattern.compile("(?:(?<user>.+)@)?(?:\\[(?<v6>[^]]*)]|(?<host>[^:\\[\\]]*))(?::(?<port>[0-9]{1,5}))?");
    private static final String SCHEME = "ssh://";

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them cannot be
     */
    public SshTarget {
        host = host.toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("\"" + host + "\" is no name or address of a host");
        }
        if (!USER.matcher(user).matches()) {
            throw new IllegalArgumentException("\"" + user + "\" is no name of a user on " + host);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port of " + host + " is 1 to 65535, not " + port);
        }
    }

    /**
     * Reads {@code HOST}, {@code USER@HOST:PORT} or {@code ssh://USER@HOST:PORT}. Without a user it is whoever runs this program; without a port it is
     * {@value #DEFAULT_PORT}. An address of IPv6 with a port stands in brackets.
     *
     * @param text such as {@code admin@www1.example.org}
     * @return the target
     * @throws IllegalArgumentException if it is none of these, or has a password in it
     */
    public static SshTarget parse(String text) {
        Written written = Written.parse(text);
        return new SshTarget(
                written.user().orElse(System.getProperty("user.name")),
                written.host(),
                written.port().orElse(DEFAULT_PORT));
    }

    /** As a known_hosts file names the host. */
    String inKnownHosts() {
        return port == DEFAULT_PORT ? host : "[" + host + "]:" + port;
    }

    /** {@code USER@HOST}, and the port if it is another than {@value #DEFAULT_PORT}. */
    @Override
    public String toString() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return user + "@" + (port == DEFAULT_PORT ? shown : shown + ":" + port);
    }

    /** What a text says, and what it leaves open. */
    record Written(Optional<String> user, String host, Optional<Integer> port) {

        static Written parse(String text) {
            String rest = text.startsWith(SCHEME) ? withoutSlash(text.substring(SCHEME.length())) : text;
            int at = rest.lastIndexOf('@');
            String place = rest.substring(at + 1);
            if (!place.startsWith("[") && place.indexOf(':') != place.lastIndexOf(':')) {
                rest = rest.substring(0, at + 1) + "[" + place + "]";
            }
            Matcher matcher = TEXT.matcher(rest);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + withoutUser(rest)
                        + "\" is not USER@HOST:PORT; an address of IPv6 with a port stands in brackets");
            }
            Optional<String> user = Optional.ofNullable(matcher.group("user"));
            if (user.filter(it -> it.contains(":")).isPresent()) {
                throw new IllegalArgumentException("the user of \"" + withoutUser(rest)
                        + "\" has a colon; a password does not belong there, and is not used");
            }
            String host = Optional.ofNullable(matcher.group("v6")).orElseGet(() -> matcher.group("host"));
            return new Written(
                    user, host, Optional.ofNullable(matcher.group("port")).map(Integer::valueOf));
        }

        private static String withoutSlash(String text) {
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }

        /** In front of the host there may be a password, by mistake. */
        private static String withoutUser(String text) {
            return text.substring(text.lastIndexOf('@') + 1);
        }
    }
}
