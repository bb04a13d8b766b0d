package dev.upkeep.checker.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.checker.check.AddressFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a name server of our own on loopback. */
class NameServersTest {
    private static final int NO_ERROR = 0;
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;
    private static final int REFUSED = 5;

    private static final int A = 1;

    /** The name of the question, type A, class IN, for one second, 127.0.0.1 (RFC 1035, section 3.2.1). */
    private static final byte[] LOOPBACK_RECORD = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1};

    private static final InetAddress LOOPBACK = loopback();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final DatagramSocket socket;

    NameServersTest() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    @AfterEach
    void close() {
        socket.close();
    }

    /** Answers for each first label with a response code, and with no record. */
    private NameServers answering(Map<String, Integer> codes, String... searched) {
        Thread thread = new Thread(() -> serve(codes), "name-server");
        thread.setDaemon(true);
        thread.start();
        return new NameServers("dns://127.0.0.1:" + socket.getLocalPort(), List.of(searched));
    }

    private void serve(Map<String, Integer> codes) {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                socket.receive(question);
                socket.send(answer(question, codes));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The question with the flags of a response (RFC 1035, section 4.1.1). */
    private DatagramPacket answer(DatagramPacket question, Map<String, Integer> codes) {
        byte[] bytes = Arrays.copyOf(question.getData(), question.getLength());
        int labelAt = 12;
        String name = "";
        while (bytes[labelAt] != 0) {
            name += new String(bytes, labelAt + 1, bytes[labelAt], StandardCharsets.US_ASCII) + ".";
            labelAt += bytes[labelAt] + 1;
        }
        bytes[2] = (byte) 0x81;
        bytes[3] = (byte) (0x80 | codes.getOrDefault(name, SERVER_FAILURE));
        int type = bytes[labelAt + 2];
        asked.add(name + " " + type);
        if (name.startsWith("both.") && type == A) {
            bytes[7] = 1;
            bytes = append(bytes, LOOPBACK_RECORD);
        }
        return new DatagramPacket(bytes, bytes.length, question.getSocketAddress());
    }

    private static byte[] append(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void aNameIsMissingIfTheNameServersSayThatThereIsNone() {
        assertThat(answering(Map.of("gone.test.", NO_SUCH_NAME)).deny("Gone.test"))
                .isTrue();
    }

    @Test
    void aNameWithoutAnAddressIsMissing() {
        assertThat(answering(Map.of("mail.test.", NO_ERROR)).deny("mail.test")).isTrue();
    }

    @Test
    void aNameServerThatFailsOrRefusesProvesNothing() {
        NameServers servers = answering(Map.of("www.test.", SERVER_FAILURE, "other.test.", REFUSED));

        assertThat(servers.deny("www.test")).isFalse();
        assertThat(servers.deny("other.test")).isFalse();
    }

    @Test
    void everySearchedDomainMustBeRuledOut() {
        NameServers servers = answering(
                Map.of("web.", NO_SUCH_NAME, "web.a.test.", NO_SUCH_NAME, "web.b.test.", SERVER_FAILURE),
                "a.test",
                "b.test");

        assertThat(servers.deny("web")).isFalse();
        assertThat(new NameServers(servers.url(), List.of("a.test")).deny("web"))
                .isTrue();
        assertThat(servers.deny("web.")).isTrue();
    }

    @Test
    void nobodyIsAskedWhereNobodyListens() {
        String url = "dns://127.0.0.1:" + socket.getLocalPort();
        socket.close();

        assertThat(new NameServers(url, List.of()).deny("www.test")).isFalse();
    }

    @Test
    void nothingIsBelowInvalid() {
        assertThat(new NameServers("dns://127.0.0.1:1", List.of("example.org")).deny("nobody.invalid"))
                .isTrue();
    }

    @Test
    void noOtherDirectoryThanDnsIsAsked() {
        assertThat(answering(Map.of()).deny("ldap://127.0.0.1/x")).isFalse();
    }

    @Test
    void onlyTheWantedFamilyIsAskedFor() throws UnknownHostException {
        NameServers servers = answering(Map.of("both.", NO_SUCH_NAME, "both.a.test.", NO_ERROR), "a.test");
        Resolver resolver = new SystemResolver(() -> servers);

        assertThat(resolver.resolve("both.a.test", AddressFamily.IPV4)).containsExactly(LOOPBACK);
        assertThat(servers.find("both", AddressFamily.IPV4)).containsExactly(LOOPBACK);
        assertThat(asked).containsExactly("both.a.test. 1", "both.a.test. 1");
        assertThat(servers.find("both.a.test.", AddressFamily.IPV6)).isEmpty();
        assertThat(servers.find("failing.test", AddressFamily.IPV6)).isEmpty();
    }

    @Test
    void theSystemsResolverTellsAProofFromAFailure() {
        NameServers servers = answering(Map.of("gone.invalid.", NO_SUCH_NAME));
        Resolver resolver = new SystemResolver(() -> servers);

        assertThatThrownBy(() -> resolver.resolve("gone.invalid"))
                .isInstanceOf(NoSuchNameException.class)
                .hasMessage("no address is known for gone.invalid");
        assertThatThrownBy(() -> resolver.resolve("a..b"))
                .isInstanceOf(UnknownHostException.class)
                .isNotInstanceOf(NoSuchNameException.class);
    }
}
