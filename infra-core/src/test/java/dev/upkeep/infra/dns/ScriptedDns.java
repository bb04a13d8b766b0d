package dev.upkeep.infra.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A DNS on loopback: name servers at addresses of their own and at one port, that say what a test has them say. What nobody says anything about does not
 * exist.
 */
public final class ScriptedDns implements AutoCloseable {

    /** Whom the machine asks. */
    public static final String RESOLVER = "127.0.0.1";

    /** Of the top-level domain org. */
    public static final String ORG = "127.0.0.2";

    /** Of the hosted zone. */
    public static final String HOSTED = "127.0.0.3";

    /** Of somebody else. */
    public static final String OTHER = "127.0.0.4";

    private static final int LARGEST = 4096;
    private static final long SECONDS = 60;

    /** By server, name and type. */
    private final Map<String, List<Record>> answers = new ConcurrentHashMap<>();

    /** By server and zone. */
    private final Map<String, List<Record>> referrals = new ConcurrentHashMap<>();

    private final List<String> failing = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final int port;

    /** Begins with a resolver that knows where the name servers are. */
    public ScriptedDns() throws IOException {
        port = serve(RESOLVER, 0);
        for (String address : List.of(ORG, HOSTED, OTHER)) {
            serve(address, port);
        }
        answers(RESOLVER, "org", "NS", "a.org-servers.test.");
        answers(RESOLVER, "a.org-servers.test", "A", ORG);
        answers(RESOLVER, "ns-1.aws.test", "A", HOSTED);
        answers(RESOLVER, "ns-2.aws.test", "A", HOSTED);
        answers(RESOLVER, "ns.other.test", "A", OTHER);
    }

    /** The port of all its servers. */
    public int port() {
        return port;
    }

    /** A client of it. */
    public DnsClient client() {
        return new DnsClient(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    /** A server has such records, each in the form of a zone file. */
    public void answers(String server, String name, String type, String... records) throws IOException {
        answers.put(server + " " + name + " " + type, records(name, Type.value(type), records));
    }

    /** A server leaves a zone to others. */
    public void refers(String server, String zone, String... nameServers) throws IOException {
        referrals.put(server + " " + zone, records(zone, Type.NS, nameServers));
    }

    /** A server has nothing but trouble. */
    public void fails(String server) {
        failing.add(server);
    }

    private static List<Record> records(String name, int type, String... texts) throws IOException {
        List<Record> records = new ArrayList<>();
        for (String text : texts) {
            records.add(Record.fromString(DnsClient.name(name), type, DClass.IN, SECONDS, text, Name.root));
        }
        return records;
    }

    /** What was asked, as server, name and type, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** At which port. */
    private int serve(String server, int wanted) throws IOException {
        DatagramSocket socket = new DatagramSocket(wanted, Address.getByAddress(server));
        sockets.add(socket);
        Thread thread = new Thread(() -> serve(server, socket), "dns-" + server);
        thread.setDaemon(true);
        thread.start();
        return socket.getLocalPort();
    }

    private void serve(String server, DatagramSocket socket) {
        byte[] buffer = new byte[LARGEST];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Message question = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                byte[] answer = answer(server, question).toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Message answer(String server, Message question) {
        Record about = question.getQuestion();
        String name = about.getName().toString(true).toLowerCase(Locale.ROOT);
        String key = server + " " + name + " " + Type.string(about.getType());
        asked.add(key);
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(about, Section.QUESTION);
        List<Record> known = answers.getOrDefault(key, answers.getOrDefault(server + " " + name + " CNAME", List.of()));
        List<Record> referral = referral(server, name);
        if (failing.contains(server)) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (!known.isEmpty()) {
            answer.getHeader().setFlag(Flags.AA);
            known.forEach(each -> answer.addRecord(each, Section.ANSWER));
        } else if (!referral.isEmpty()) {
            referral.forEach(each -> answer.addRecord(each, Section.AUTHORITY));
        } else {
            answer.getHeader().setFlag(Flags.AA);
            answer.getHeader().setRcode(exists(server, name) ? Rcode.NOERROR : Rcode.NXDOMAIN);
        }
        return answer;
    }

    private List<Record> referral(String server, String name) {
        return referrals.entrySet().stream()
                .filter(each -> each.getKey().startsWith(server + " "))
                .filter(each -> ("." + name).endsWith("." + each.getKey().substring(server.length() + 1)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    private boolean exists(String server, String name) {
        return answers.keySet().stream().anyMatch(key -> key.startsWith(server + " " + name + " "));
    }

    @Override
    public void close() {
        sockets.forEach(DatagramSocket::close);
    }
}
