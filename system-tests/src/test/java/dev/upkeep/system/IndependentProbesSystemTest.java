package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.PemFiles;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.RefusingPort;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.system.Authority.Validity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whether curl and check_http see what we see, where they have an opinion. Their codes are those of their manuals. */
class IndependentProbesSystemTest {
    private static final String HOST = "www.example.test";
    /** Short where a test waits for the end of it, and otherwise with some room for a busy machine. */
    private static final Timeouts PATIENCE = new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));

    private static final int NAGIOS_OK = 0;
    private static final int NAGIOS_WARNING = 1;
    private static final int NAGIOS_CRITICAL = 2;

    @AutoClose
    private final Peers peers = new Peers();

    @AutoClose
    private final VersionChecker checker = VersionChecker.create();

    private Verdict ours(URI uri, InetSocketAddress address, TlsSettings tls) throws InterruptedException {
        return checker.check(VersionCheck.builder(uri, ExpectedVersion.exactly("1.0.6"))
                .dialling(address)
                .tls(tls)
                .retryPolicy(RetryPolicy.once())
                .timeouts(PATIENCE)
                .build());
    }

    private Verdict ours(URI uri) throws InterruptedException {
        return ours(uri, new InetSocketAddress(Loopback.four(1), uri.getPort()), TlsSettings.DEFAULT);
    }

    private static Command curl(URI uri, String... options) {
        List<String> command = new ArrayList<>(List.of("curl", "-q", "-s", "-f", "--noproxy", "*", "--max-time", "3"));
        command.addAll(List.of(options));
        command.addAll(List.of("--resolve", HOST + ":" + uri.getPort() + ":127.0.0.1", uri.toString()));
        return Command.run(Path.of("."), command);
    }

    /** {@code -s} makes it look for the version in the body, as a plugin in the field would be told to. */
    private static Command checkHttp(URI uri, String... options) {
        Path packaged = Path.of("/usr/lib/nagios/plugins/check_http");
        List<String> command = new ArrayList<>(List.of(
                Files.isExecutable(packaged) ? packaged.toString() : "check_http",
                "-I",
                "127.0.0.1",
                "-H",
                HOST,
                "-p",
                Integer.toString(uri.getPort()),
                "-u",
                uri.getPath(),
                "-t",
                "2"));
        command.addAll(List.of(options));
        return Command.run(Path.of("."), command);
    }

    private Nginx nginxWith(String directives) {
        return peers.nginx("server { listen {listen}; root {folder}/www; " + directives + " }");
    }

    @Test
    void allAgreeOnAServerThatIsWell() throws InterruptedException {
        URI uri = peers.nginxServing("1.0.6").uri();

        Verdict ours = ours(uri);

        assertThat(ours.status()).isEqualTo(Status.UP);
        assertThat(curl(uri).code()).isZero();
        assertThat(curl(uri).output().strip()).isEqualTo(ours.servedVersion().orElseThrow());
        assertThat(checkHttp(uri, "-s", "1.0.6").code()).isEqualTo(NAGIOS_OK);
    }

    @Test
    void allAgreeOnAnOldVersion() throws InterruptedException {
        URI uri = peers.nginxServing("1.0.5").uri();

        Verdict ours = ours(uri);

        assertThat(ours.status()).isEqualTo(Status.STALE);
        assertThat(curl(uri).output().strip()).isEqualTo(ours.servedVersion().orElseThrow());
        assertThat(checkHttp(uri, "-s", "1.0.6").code()).isEqualTo(NAGIOS_CRITICAL);
    }

    @Test
    void aVersionThatOnlyBeginsAlikeFoolsTheSearchForTextButNotUs() throws InterruptedException {
        URI uri = peers.nginxServing("1.0.60").uri();

        assertThat(ours(uri).status()).isEqualTo(Status.STALE);
        assertThat(checkHttp(uri, "-s", "1.0.6").code()).isEqualTo(NAGIOS_OK);
    }

    @Test
    void allAgreeOnAMissingFile() throws InterruptedException {
        assertAgreed(nginxWith("").uri(), Reason.STATUS_NOT_ACCEPTED, 22, NAGIOS_WARNING);
    }

    @Test
    void allAgreeOnAServerError() throws InterruptedException {
        assertAgreed(nginxWith("return 500;").uri(), Reason.STATUS_NOT_ACCEPTED, 22, NAGIOS_CRITICAL);
    }

    @Test
    void allAgreeOnARefusedConnection() throws InterruptedException {
        RefusingPort port = peers.closing(RefusingPort.open());

        assertAgreed(port.uri(), Reason.CONNECTION_REFUSED, 7, NAGIOS_CRITICAL);
    }

    @Test
    void allAgreeOnAConnectionThatIsClosedWithoutAnAnswer() throws InterruptedException {
        assertAgreed(nginxWith("return 444;").uri(), Reason.CONNECTION_CLOSED, 52, NAGIOS_CRITICAL);
    }

    @Test
    void allAgreeOnAConnectionThatIsReset() throws InterruptedException {
        ScriptedServer server = peers.closing(ScriptedServer.start(Behaviour.reset()));

        assertAgreed(server.uri(), Reason.CONNECTION_RESET, 56, NAGIOS_CRITICAL);
    }

    @Test
    void allAgreeOnSilence() throws InterruptedException {
        ScriptedServer server = peers.closing(ScriptedServer.start(Behaviour.silence()));

        assertAgreed(server.uri(), Reason.FIRST_BYTE_TIMEOUT, 28, NAGIOS_CRITICAL);
    }

    @Test
    void allAgreeOnABodyThatDrips() throws InterruptedException {
        Nginx nginx = nginxWith("limit_rate_after 1k; limit_rate 100;");
        nginx.publish("1.0.6" + " ".repeat(8000));

        assertAgreed(nginx.uri(), Reason.BODY_TIMEOUT, 28, NAGIOS_CRITICAL);
    }

    @Test
    void curlAgreesOnABodyThatBreaksOff() throws InterruptedException {
        ScriptedServer server = peers.closing(
                ScriptedServer.start(Behaviour.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n1.0.6")));

        assertThat(ours(server.uri()).reason()).contains(Reason.BODY_TRUNCATED);
        assertThat(curl(server.uri()).code()).isEqualTo(18);
    }

    @Test
    void curlAgreesOnABodyThatIsTooLarge() throws InterruptedException {
        Nginx nginx = nginxWith("");
        nginx.publish("1.0.6" + " ".repeat(100_000));

        assertThat(ours(nginx.uri()).reason()).contains(Reason.BODY_TOO_LARGE);
        assertThat(curl(nginx.uri(), "--max-filesize", Long.toString(VersionCheck.DEFAULT_BODY_LIMIT))
                        .code())
                .isEqualTo(63);
    }

    @Test
    void aRedirectIsFineForCheckHttpButNotForUs() throws InterruptedException {
        URI uri = nginxWith("return 302 /elsewhere;").uri();

        assertThat(ours(uri).reason()).contains(Reason.REDIRECTED);
        assertThat(curl(uri, "-w", "%{http_code} %{redirect_url}").output())
                .endsWith("302 http://127.0.0.1:" + uri.getPort() + "/elsewhere");
        assertThat(checkHttp(uri).code()).isEqualTo(NAGIOS_OK);
    }

    private void assertAgreed(URI uri, Reason reason, int curlCode, int nagiosCode) throws InterruptedException {
        Verdict ours = ours(uri);

        assertThat(ours.reason()).contains(reason);
        assertThat(curl(uri).code()).isEqualTo(curlCode);
        assertThat(checkHttp(uri).code()).isEqualTo(nagiosCode);
    }

    @Test
    void curlAgreesOnCertificates() throws IOException, InterruptedException {
        Authority authority = Authority.root(peers.folder("authority"), "Test Root");
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        Validity past = new Validity(yesterday.minus(Duration.ofDays(90)), yesterday);

        assertCertificate(authority, authority.issue(HOST), Status.UP, 0);
        assertCertificate(authority, authority.issue(HOST, past), Status.DOWN, 60);
        assertCertificate(authority, authority.selfSigned(HOST), Status.DOWN, 60);
        assertCertificate(authority, authority.issue("shop.example.test"), Status.DOWN, 60);
        assertCertificate(
                authority,
                authority.issue(HOST, Authority.yearFrom(Instant.now().plus(Duration.ofDays(1)))),
                Status.DOWN,
                60);
    }

    private void assertCertificate(Authority authority, Certified certified, Status status, int curlCode)
            throws IOException, InterruptedException {
        Nginx nginx = peers.nginx(
                "server { listen {listen} ssl; ssl_certificate %s; ssl_certificate_key %s; return 200 1.0.6; }"
                        .formatted(certified.chain(), certified.key()));
        URI uri = nginx.uriAt("https://" + HOST);
        TlsSettings tls = TlsSettings.builder()
                .extraAuthorities(PemFiles.certificates(authority.certificate()))
                .build();

        assertThat(ours(uri, nginx.address(), tls).status()).isEqualTo(status);
        assertThat(curl(uri, "--cacert", authority.certificate().toString()).code())
                .isEqualTo(curlCode);
    }

    @Test
    void opensslReadsTheSameFactsFromTheCertificate() throws IOException, InterruptedException {
        Authority authority = Authority.root(peers.folder("authority"), "Test Root");
        Certified certified = authority.issue(HOST);
        OpenSslServer server = peers.openSslServer(certified);
        TlsSettings tls = TlsSettings.builder()
                .extraAuthorities(PemFiles.certificates(authority.certificate()))
                .build();

        var facts = ours(server.uriAt(HOST), server.address(), tls)
                .lastAttempt()
                .orElseThrow()
                .certificate()
                .orElseThrow();

        String openssl = Command.run(
                        "openssl", "x509", "-in", certified.chain().toString(), "-noout", "-fingerprint", "-sha256")
                .orFail()
                .output();
        assertThat(openssl.replaceAll(".*=|[:\\s]", "")).isEqualToIgnoringCase(facts.sha256());
    }
}
