package dev.upkeep.infra.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Asks name servers: those that this machine asks, or those of a zone. The former keep for minutes and hours that a name does not exist, so a name that is
 * still to come is asked of the latter only. Safe for use by several threads.
 */
public final class DnsClient {

    /** For each server. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Of a zone. If none of them answers, this machine may ask its own only. */
    private static final int MOST_SERVERS = 3;

    private final List<InetSocketAddress> resolvers;

    /**
     * A client.
     *
     * @param resolvers whom this machine asks, at least one; those of zones are asked at the port of the first
     */
    public DnsClient(List<InetSocketAddress> resolvers) {
        this.resolvers = List.copyOf(resolvers);
    }

    /**
     * A client that asks as this machine is set up.
     *
     * @return a client that has asked nobody yet
     */
    public static DnsClient ofThisMachine() {
        return new DnsClient(ResolverConfig.getCurrentConfig().servers());
    }

    /** Asks a resolver for what exists anyway. */
    Message resolve(Name name, int type) throws IOException {
        Message question = question(name, type);
        question.getHeader().setFlag(Flags.RD);
        return ask(resolvers, question);
    }

    /** Asks the name servers of a zone for what they know themselves. */
    Message ask(List<InetSocketAddress> servers, Name name, int type) throws IOException {
        return ask(servers, question(name, type));
    }

    private static Message question(Name name, int type) {
        Message question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        question.getHeader().unsetFlag(Flags.RD);
        return question;
    }

    /** The first of them that knows something. */
    private static Message ask(List<InetSocketAddress> servers, Message question) throws IOException {
        Name name = question.getQuestion().getName();
        IOException failure = new IOException("nobody is known who could be asked about " + name);
        for (InetSocketAddress server : servers.subList(0, Math.min(MOST_SERVERS, servers.size()))) {
            try {
                SimpleResolver resolver = new SimpleResolver(server);
                resolver.setTimeout(TIMEOUT);
                Message answer = resolver.send(question);
                if (answer.getRcode() == Rcode.NOERROR || answer.getRcode() == Rcode.NXDOMAIN) {
                    return answer;
                }
                failure = new IOException(
                        shown(server) + " answered " + Rcode.string(answer.getRcode()) + " about " + name);
            } catch (IOException e) {
                failure = new IOException(shown(server) + " does not answer about " + name, e);
            }
        }
        throw failure;
    }

    private static String shown(InetSocketAddress server) {
        return "the name server " + server.getAddress().getHostAddress();
    }

    /** Where name servers are asked; those without an address are left out. */
    List<InetSocketAddress> addresses(List<Name> nameServers) throws IOException {
        List<InetSocketAddress> found = new ArrayList<>();
        for (Name nameServer : nameServers.subList(0, Math.min(MOST_SERVERS, nameServers.size()))) {
            List<InetAddress> addresses = addresses(nameServer, Type.A);
            (addresses.isEmpty() ? addresses(nameServer, Type.AAAA) : addresses)
                    .forEach(address -> found.add(
                            new InetSocketAddress(address, resolvers.get(0).getPort())));
        }
        return found;
    }

    private List<InetAddress> addresses(Name nameServer, int type) throws IOException {
        List<InetAddress> found = new ArrayList<>();
        for (Record answer : resolve(nameServer, type).getSection(Section.ANSWER)) {
            if (answer instanceof ARecord four) {
                found.add(four.getAddress());
            } else if (answer instanceof AAAARecord six) {
                found.add(six.getAddress());
            }
        }
        return found;
    }

    /** The name servers of a zone, as a section of an answer has them. */
    static List<Name> nameServers(Message answer, int section, Name zone) {
        return answer.getSection(section).stream()
                .filter(answered -> answered.getName().equals(zone))
                .filter(NSRecord.class::isInstance)
                .map(answered -> ((NSRecord) answered).getTarget())
                .toList();
    }

    /** A name that is written without the dot at its end. */
    static Name name(String text) throws IOException {
        return Name.fromString(text, Name.root);
    }

    static String text(Name name) {
        return name.toString(true);
    }
}
