package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.PemFiles;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.CertificateFacts;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.verdict.Warning;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.system.Authority.Validity;
import dev.upkeep.system.Nginx.LoggedRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckerAgainstTlsSystemTest {
    private static final ExpectedVersion EXPECTED = ExpectedVersion.exactly("1.0.6");
    private static final String HOST = "www.example.test";
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @AutoClose
    private final Peers peers = new Peers();

    @AutoClose
    private final VersionChecker checker = VersionChecker.create();

    private final Authority authority = Authority.root(peers.folder("authority"), "Test Root");

    private Nginx nginx(Certified certified, String... directives) {
        return peers.nginx("""
                server {
                    listen {listen} ssl;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                    ssl_session_cache shared:sessions:1m;
                    %s
                    location / { return 200 "1.0.6\\n"; }
                }
                """.formatted(certified.chain(), certified.key(), String.join("\n", directives)));
    }

    private TlsSettings.Builder trusting() throws IOException {
        return TlsSettings.builder().extraAuthorities(PemFiles.certificates(authority.certificate()));
    }

    private VersionCheck.Builder check(URI uri) throws IOException {
        return VersionCheck.builder(uri, EXPECTED).tls(trusting().build());
    }

    private Verdict verdict(Nginx nginx) throws IOException, InterruptedException {
        return checker.check(
                check(nginx.uriAt("https://" + HOST)).dialling(nginx.address()).build());
    }

    private Verdict verdict(OpenSslServer server, TlsSettings tls) throws IOException, InterruptedException {
        return checker.check(
                check(server.uriAt(HOST)).dialling(server.address()).tls(tls).build());
    }

    private static Attempt last(Verdict verdict) {
        return verdict.lastAttempt().orElseThrow();
    }

    /** Down for this reason, found with one attempt: a certificate does not become better by asking again. */
    private static Attempt assertRefused(Verdict verdict, Reason reason) {
        assertThat(verdict.attempts()).hasSize(1);
        Attempt attempt = last(verdict);
        assertThat(attempt.reason()).as(attempt.detail()).contains(reason);
        assertThat(verdict.status()).isEqualTo(Status.DOWN);
        return attempt;
    }

    /** Names of one label, such as those of containers, and names with the dot of the root are sent as well: servers choose by them. */
    @ParameterizedTest
    @CsvSource({
        "www.example.test, www.example.test",
        "www.example.test., www.example.test",
        "web, web",
        "WEB, web",
        "localhost, localhost",
    })
    void namesTheServerInTheHandshake(String host, String sent) throws IOException, InterruptedException {
        Nginx nginx = nginx(authority.issue(sent), "if ($ssl_server_name != \"" + sent + "\") { return 421; }");

        Verdict verdict = checker.check(
                check(nginx.uriAt("https://" + host)).dialling(nginx.address()).build());

        assertThat(verdict.status()).as(last(verdict).detail()).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void isUpAndNeverResumesASession(String protocol) throws IOException, InterruptedException {
        Nginx nginx = nginx(authority.issue(HOST), "ssl_protocols " + protocol + ";");

        for (int i = 0; i < 3; i++) {
            Verdict verdict = verdict(nginx);

            assertThat(verdict.status()).isEqualTo(Status.UP);
            assertThat(verdict.warnings()).isEmpty();
            CertificateFacts facts = last(verdict).certificate().orElseThrow();
            assertThat(facts.protocol()).isEqualTo(protocol);
            assertThat(facts.names()).containsExactly(HOST);
            assertThat(facts.issuer()).isEqualTo("CN=Test Root");
        }
        assertThat(nginx.connections()).isEqualTo(3);
        assertThat(nginx.stopAndReadLog())
                .extracting(LoggedRequest::protocol, LoggedRequest::sessionReused, LoggedRequest::status)
                .containsOnly(tuple(protocol, ".", 200))
                .hasSize(3);
    }

    @Test
    void anExpiredCertificateIsDownAndSaysSinceWhen() throws IOException, InterruptedException {
        Instant end = now.minus(Duration.ofDays(2));
        Certified expired = authority.issue(HOST, new Validity(end.minus(Duration.ofDays(90)), end));

        Attempt attempt = assertRefused(verdict(nginx(expired)), Reason.CERTIFICATE_EXPIRED);

        assertThat(attempt.detail()).isEqualTo("the certificate of CN=" + HOST + " ended at " + end);
        assertThat(attempt.certificate().orElseThrow().notAfter()).isEqualTo(end);
        assertThat(attempt.reply()).isEmpty();
    }

    @Test
    void aCertificateThatIsNotYetValidIsDownAndSaysFromWhen() throws IOException, InterruptedException {
        Instant start = now.plus(Duration.ofDays(2));
        Certified early = authority.issue(HOST, Authority.yearFrom(start));

        Attempt attempt = assertRefused(verdict(nginx(early)), Reason.CERTIFICATE_NOT_YET_VALID);

        assertThat(attempt.detail()).isEqualTo("the certificate of CN=" + HOST + " begins at " + start);
    }

    @Test
    void aSelfSignedCertificateIsUntrusted() throws IOException, InterruptedException {
        Attempt attempt = assertRefused(verdict(nginx(authority.selfSigned(HOST))), Reason.CERTIFICATE_UNTRUSTED);

        assertThat(attempt.detail()).isEqualTo("the certificate of CN=" + HOST + " is self-signed");
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsUntrusted() throws IOException, InterruptedException {
        Authority unknown = Authority.root(peers.folder("unknown"), "Unknown Root");

        Attempt attempt = assertRefused(verdict(nginx(unknown.issue(HOST))), Reason.CERTIFICATE_UNTRUSTED);

        assertThat(attempt.detail()).contains("CN=" + HOST, "CN=Unknown Root");
    }

    @Test
    void aCertificateForAnotherNameIsDownAndSaysForWhich() throws IOException, InterruptedException {
        Attempt attempt =
                assertRefused(verdict(nginx(authority.issue("shop.example.test"))), Reason.CERTIFICATE_WRONG_NAME);

        assertThat(attempt.detail()).isEqualTo("the certificate names shop.example.test");
    }

    @Test
    void aServerWithoutACertificateForTheAskedNameIsToldFromOneThatHasIt() throws IOException, InterruptedException {
        Certified shop = authority.issue("shop.example.test");
        Certified www = authority.issue(HOST);
        Nginx nginx = peers.nginx("""
                server { listen {listen} ssl; ssl_certificate %s; ssl_certificate_key %s;
                         server_name shop.example.test; location / { return 200 1.0.5; } }
                server { listen {listen} ssl; ssl_certificate %s; ssl_certificate_key %s;
                         server_name www.example.test; location / { return 200 1.0.6; } }
                """.formatted(shop.chain(), shop.key(), www.chain(), www.key()));

        assertThat(verdict(nginx).status()).isEqualTo(Status.UP);
        Verdict other = checker.check(check(nginx.uriAt("https://blog.example.test"))
                .dialling(nginx.address())
                .build());
        assertThat(assertRefused(other, Reason.CERTIFICATE_WRONG_NAME).detail())
                .isEqualTo("the certificate names shop.example.test");
    }

    @Test
    void aChainWithoutItsMiddleIsUntrustedAndWithItIsUp() throws IOException, InterruptedException {
        Authority middle = Authority.root(peers.folder("middle"), "Test Middle");
        Certified leaf = middle.issue(HOST);
        Certified whole = middle.with(leaf, authority.crossSign(middle, Authority.yearFrom(now)));

        Attempt attempt = assertRefused(verdict(nginx(leaf)), Reason.CERTIFICATE_UNTRUSTED);

        assertThat(attempt.detail()).contains("CN=Test Middle");
        assertThat(verdict(nginx(whole)).status()).isEqualTo(Status.UP);
    }

    @Test
    void anExpiredMiddleIsExpiredAndNotBlamedOnTheServersOwnCertificate() throws IOException, InterruptedException {
        Authority middle = Authority.root(peers.folder("middle"), "Test Middle");
        Instant end = now.minus(Duration.ofDays(1));
        Validity past = new Validity(end.minus(Duration.ofDays(10)), end);
        Certified chain = middle.with(middle.issue(HOST), authority.crossSign(middle, past));

        Attempt attempt = assertRefused(verdict(nginx(chain)), Reason.CERTIFICATE_EXPIRED);

        assertThat(attempt.detail())
                .isEqualTo("the certificate of CN=Test Middle, above that of CN=" + HOST + ", ended at " + end);
        assertThat(attempt.certificate().orElseThrow().presentedUntil()).isEqualTo(end);
    }

    @Test
    void aCertificateThatEndsInFiveDaysIsUpWithAWarning() throws IOException, InterruptedException {
        Instant end = now.plus(Duration.ofDays(5)).plus(Duration.ofHours(1));
        Certified ending = authority.issue(HOST, new Validity(end.minus(Duration.ofDays(90)), end));

        Verdict verdict = verdict(nginx(ending));

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(Warning.Kind.CERTIFICATE_EXPIRES_SOON);
            assertThat(warning.message()).contains(end.toString(), "5 days more");
        });
    }

    @Test
    void anUnusedExpiredCrossSignatureInTheChainIsNoWarning() throws IOException, InterruptedException {
        Authority old = Authority.root(peers.folder("old"), "Old Root");
        Instant end = now.minus(Duration.ofDays(30));
        Validity past = new Validity(end.minus(Duration.ofDays(365)), end);
        Certified leaf = authority.issue(HOST);
        Nginx nginx = nginx(authority.with(leaf, old.crossSign(authority, past)));

        Verdict verdict = verdict(nginx);

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.warnings()).isEmpty();
        CertificateFacts facts = last(verdict).certificate().orElseThrow();
        assertThat(facts.presentedUntil()).isEqualTo(end);
        assertThat(facts.trustedUntil()).isEqualTo(facts.notAfter()).isAfter(now);
    }

    @Test
    void aServerOfTlsOneOnlyIsToldByThat() throws IOException, InterruptedException {
        OpenSslServer server = peers.openSslServer(authority.issue(HOST), "-tls1", "-cipher", "DEFAULT:@SECLEVEL=0");

        Attempt attempt = assertRefused(verdict(server, trusting().build()), Reason.TLS_VERSION_UNSUPPORTED);

        assertThat(attempt.certificate()).isEmpty();
    }

    @Test
    void nginxOfTlsOneOneOnlyIsToldByThat() throws IOException, InterruptedException {
        Nginx nginx = nginx(authority.issue(HOST), "ssl_protocols TLSv1.1; ssl_ciphers DEFAULT:@SECLEVEL=0;");

        assertRefused(verdict(nginx), Reason.TLS_VERSION_UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nginxThatWantsAClientCertificateIsToldByThatAndServedWithOne(String protocol)
            throws IOException, InterruptedException {
        Nginx nginx = nginxDemandingClientCertificates(protocol);
        Certified us = authority.issue("checker.example.test");

        Verdict without = verdict(nginx);
        Verdict with = verdictShowing(us, nginx);

        assertRefused(without, Reason.CLIENT_CERTIFICATE_REQUIRED);
        assertThat(with.status()).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nginxThatDoesNotKnowOurClientCertificateIsToldByThat(String protocol)
            throws IOException, InterruptedException {
        Nginx nginx = nginxDemandingClientCertificates(protocol);
        Certified stranger =
                Authority.root(peers.folder("stranger"), "Unknown Root").issue("checker.example.test");

        Verdict verdict = verdictShowing(stranger, nginx);

        assertThat(assertRefused(verdict, Reason.CLIENT_CERTIFICATE_REJECTED).detail())
                .isEqualTo("it answered with status 400 and says so");
    }

    private Nginx nginxDemandingClientCertificates(String protocol) throws IOException {
        return nginx(
                authority.issue(HOST),
                "ssl_protocols " + protocol + ";",
                "ssl_verify_client on;",
                "ssl_client_certificate " + authority.certificate() + ";");
    }

    private Verdict verdictShowing(Certified certificate, Nginx nginx) throws IOException, InterruptedException {
        return checker.check(check(nginx.uriAt("https://" + HOST))
                .dialling(nginx.address())
                .tls(trusting()
                        .clientIdentity(PemFiles.identity(certificate.chain(), certificate.key()))
                        .build())
                .build());
    }

    /** One that ends the handshake itself, unlike nginx. */
    private OpenSslServer demandingClientCertificates(String protocol) {
        return peers.openSslServer(
                authority.issue(HOST),
                protocol,
                "-Verify",
                "1",
                "-verify_return_error",
                "-CAfile",
                authority.certificate().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aServerThatEndsTheHandshakeOverOurClientCertificateIsToldByThat(String protocol)
            throws IOException, InterruptedException {
        OpenSslServer server = demandingClientCertificates(protocol);
        Certified stranger =
                Authority.root(peers.folder("stranger"), "Unknown Root").issue("checker.example.test");
        TlsSettings unknown = trusting()
                .clientIdentity(PemFiles.identity(stranger.chain(), stranger.key()))
                .build();

        Attempt attempt = assertRefused(verdict(server, unknown), Reason.CLIENT_CERTIFICATE_REJECTED);

        assertThat(attempt.detail()).startsWith("the server ended it with the alert ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aServerThatEndsTheHandshakeWithoutAClientCertificateIsToldByThat(String protocol)
            throws IOException, InterruptedException {
        OpenSslServer server = demandingClientCertificates(protocol);
        Certified us = authority.issue("checker.example.test");
        TlsSettings known = trusting()
                .clientIdentity(PemFiles.identity(us.chain(), us.key()))
                .build();

        for (int i = 0; i < 10; i++) {
            assertRefused(verdict(server, trusting().build()), Reason.CLIENT_CERTIFICATE_REQUIRED);
        }
        assertThat(verdict(server, known).status()).isEqualTo(Status.UP);
    }

    @Test
    void plainHttpToATlsPortIsToldByThat() throws IOException, InterruptedException {
        Nginx nginx = nginx(authority.issue(HOST));

        Attempt attempt = assertRefused(checker.check(check(nginx.uri()).build()), Reason.TLS_EXPECTED);

        assertThat(attempt.detail()).endsWith(" answered with status 400 and says so in its page");
        assertThat(attempt.reply().orElseThrow().status()).isEqualTo(400);
    }

    @Test
    void tlsToAPlainPortIsToldByThat() throws IOException, InterruptedException {
        Nginx plain = peers.nginxServing("1.0.6");

        Attempt attempt = assertRefused(verdict(plain), Reason.TLS_NOT_SPOKEN);

        assertThat(attempt.detail()).endsWith(" answered in plain HTTP");
        assertThat(attempt.phases().firstByte()).isZero();
        assertThat(plain.connections()).isEqualTo(1);
    }

    @Test
    void aHandshakeThatIsNeverAnsweredRunsOutOfTime() throws IOException, InterruptedException {
        ScriptedServer silent = peers.closing(ScriptedServer.start(Behaviour.silence()));

        assertSilent(silent.address());
    }

    @Test
    void aPortThatNobodyAcceptsFromRunsOutOfTimeInTheHandshake() throws IOException, InterruptedException {
        ServerSocket neverAccepting = peers.closing(new ServerSocket(0, 10, Loopback.four(1)));

        assertSilent((InetSocketAddress) neverAccepting.getLocalSocketAddress());
    }

    private void assertSilent(InetSocketAddress address) throws IOException, InterruptedException {
        Verdict verdict = checker.check(check(URI.create("https://" + HOST + "/version.txt"))
                .dialling(address)
                .timeouts(Limits.SHORT)
                .retryPolicy(RetryPolicy.once())
                .build());

        assertRefused(verdict, Reason.TLS_TIMEOUT);
        assertThat(last(verdict).phases().tls()).isBetween(Limits.SHORT.tls(), Duration.ofSeconds(3));
    }

    @Test
    void oldHttpOverNewTlsIsUp() throws IOException, InterruptedException {
        OpenSslServer server = peers.openSslServer(authority.issue(HOST));

        Verdict verdict = verdict(server, trusting().build());

        assertThat(verdict.status()).as("%s", verdict).isEqualTo(Status.UP);
        assertThat(last(verdict).certificate().orElseThrow().protocol()).isEqualTo("TLSv1.3");
    }
}
