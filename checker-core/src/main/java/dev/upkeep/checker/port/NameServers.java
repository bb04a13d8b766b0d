package dev.upkeep.checker.port;

import dev.upkeep.checker.check.AddressFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * The name servers that this machine asks, where the operating system does not tell or asks too much: they can prove that a name does not
 * exist, and can be asked for one family of addresses alone.
 *
 * @param url as the DNS provider of JNDI takes it; {@code dns:} stands for the name servers of this machine
 * @param searched the domains that are searched for a name that is not absolute
 */
record NameServers(String url, List<String> searched) {
    private static final Path SETTINGS = Path.of("/etc/resolv.conf");

    /** No URL, at which JNDI would ask somebody else than DNS. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]+");

    /** One second for the first try; each of the further ones waits twice as long. */
    private static final String FIRST_TIMEOUT_MILLIS = "1000";

    private static final String TRIES = "2";

    static NameServers ofThisMachine() {
        return new NameServers("dns:", searchedDomains());
    }

    /** Blocks for up to some seconds. No answer, or one that is an error, proves nothing. */
    boolean deny(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        // RFC 6761, section 6.4: there is nothing below it, and nobody need be asked.
        boolean reserved = name.endsWith(".invalid") || name.endsWith(".invalid.");
        return reserved || HostsFile.isAllThereIs() || (NAME.matcher(name).matches() && allDeny(candidates(name)));
    }

    /**
     * The addresses of one family, without asking for the other. Blocks for up to some seconds.
     *
     * @return none if there are none, or nobody answered
     */
    List<InetAddress> find(String host, AddressFamily family) {
        String name = host.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            return List.of();
        }
        try {
            DirContext servers = new InitialDirContext(settings());
            try {
                return find(servers, candidates(name), family == AddressFamily.IPV4 ? "A" : "AAAA");
            } finally {
                servers.close();
            }
        } catch (NamingException | UnknownHostException nobodyAnswered) {
            return List.of();
        }
    }

    private static List<InetAddress> find(DirContext servers, List<String> names, String type)
            throws NamingException, UnknownHostException {
        for (String name : names) {
            List<InetAddress> found = addresses(servers, name, type);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    @SuppressWarnings("BanJNDI") // As below.
    private static List<InetAddress> addresses(DirContext servers, String name, String type)
            throws NamingException, UnknownHostException {
        List<InetAddress> found = new ArrayList<>();
        try {
            Attribute records = servers.getAttributes(name, new String[] {type}).get(type);
            for (int i = 0; records != null && i < records.size(); i++) {
                found.add(InetAddress.getByName(String.valueOf(records.get(i))));
            }
        } catch (NameNotFoundException other) {
            return List.of();
        }
        return found;
    }

    /** Every name that the system may look for, in its order (resolv.conf(5), with {@code ndots} of one). */
    private List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(name);
        }
        List<String> candidates = new ArrayList<>();
        searched.forEach(domain -> candidates.add(name + "." + domain + "."));
        candidates.add(name.contains(".") ? 0 : candidates.size(), name + ".");
        return candidates;
    }

    private boolean allDeny(List<String> names) {
        try {
            DirContext servers = new InitialDirContext(settings());
            try {
                for (String name : names) {
                    if (!hasNothing(servers, name)) {
                        return false;
                    }
                }
                return true;
            } finally {
                servers.close();
            }
        } catch (NamingException nothingProven) {
            return false;
        }
    }

    /**
     * The response "no such name", or "no such record" for either kind of address. JNDI is in disrepute for the objects that directories can make it load; there are
     * none in address records.
     */
    @SuppressWarnings("BanJNDI")
    private static boolean hasNothing(DirContext servers, String name) throws NamingException {
        try {
            return servers.getAttributes(name, new String[] {"A"}).size() == 0
                    && servers.getAttributes(name, new String[] {"AAAA"}).size() == 0;
        } catch (NameNotFoundException proven) {
            return true;
        }
    }

    @SuppressWarnings("JdkObsolete") // JNDI takes nothing else.
    private Hashtable<String, String> settings() {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, url);
        settings.put("com.sun.jndi.dns.timeout.initial", FIRST_TIMEOUT_MILLIS);
        settings.put("com.sun.jndi.dns.timeout.retries", TRIES);
        return settings;
    }

    /** The last such line counts (resolv.conf(5)). */
    private static List<String> searchedDomains() {
        List<String> domains = List.of();
        try {
            for (String line : Files.readAllLines(SETTINGS, StandardCharsets.ISO_8859_1)) {
                String[] words = line.strip().split("\\s+");
                if (words[0].equals("search") || words[0].equals("domain")) {
                    domains = List.of(words).subList(1, words.length).stream()
                            .map(NameServers::withoutRoot)
                            .filter(domain -> !domain.isEmpty())
                            .toList();
                }
            }
        } catch (IOException thereIsNone) {
            return List.of();
        }
        return domains;
    }

    private static String withoutRoot(String domain) {
        return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }
}
