package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.port.AddressFilter;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.RefusingPort;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is really dialled: addresses that are allowed, proxies, instances under another name. */
class WaysOutTest {
    private static final ExpectedVersion EXPECTED = ExpectedVersion.exactly("1.0.6");

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"));

    @AutoClose
    private final ScriptedServer other = ScriptedServer.start(Behaviour.version("1.0.6"));

    @AutoClose
    private final VersionChecker checker = VersionChecker.create();

    private static VersionCheck.Builder check(URI uri) {
        return VersionCheck.builder(uri, EXPECTED)
                .retryPolicy(RetryPolicy.once())
                .redirectPolicy(RedirectPolicy.anyHost());
    }

    private static Attempt last(Verdict verdict) {
        return verdict.lastAttempt().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "inside.test"})
    void connectsToNoAddressThatIsNotAllowed(String host) throws InterruptedException {
        AddressFilter outside = address -> !address.getAddress().isLoopbackAddress();
        try (VersionChecker own = VersionChecker.builder()
                .addressFilter(outside)
                .resolver(name -> List.of(InetAddress.getLoopbackAddress()))
                .build()) {
            Verdict verdict = own.check(
                    check(URI.create("http://" + host + ":" + server.address().getPort() + "/"))
                            .build());

            assertThat(verdict.status()).isEqualTo(Status.UNKNOWN);
            assertThat(verdict.reason()).contains(Reason.ADDRESS_NOT_ALLOWED);
            assertThat(last(verdict).detail())
                    .isEqualTo("127.0.0.1:" + server.address().getPort());
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void asksAgainForTheAddressThatARedirectLeadsTo() throws InterruptedException {
        List<InetSocketAddress> asked = new ArrayList<>();
        server.next(Behaviour.redirect(other.uri().toString()));
        try (VersionChecker own = VersionChecker.builder()
                .addressFilter(address -> {
                    asked.add(address);
                    return address.equals(server.address());
                })
                .build()) {
            Verdict verdict = own.check(check(server.uri()).build());

            assertThat(verdict.reason()).contains(Reason.ADDRESS_NOT_ALLOWED);
            assertThat(asked).containsExactly(server.address(), other.address());
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void followsARedirectToAnotherPortOfADialledInstance() throws InterruptedException {
        server.next(
                Behaviour.redirect("http://www.example.test:" + other.address().getPort() + "/"));
        VersionCheck check = check(URI.create("http://www.example.test/version.txt"))
                .dialling(server.address())
                .build();

        Verdict verdict = checker.check(check);

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(last(verdict).peer()).contains(other.address());
    }

    @ParameterizedTest
    @CsvSource({
        "502, ' answered CONNECT with status 502'",
        "407, ' wants credentials'",
    })
    void doesNotBlameTheServerForAProxyThatRefuses(int status, String detail) throws InterruptedException {
        server.next(Behaviour.reply(status, "Proxy-Authenticate: Basic realm=\"x\"\r\n", ""));

        Verdict verdict = checker.check(check(URI.create("https://www.example.test/"))
                .proxy(server.address())
                .build());

        assertThat(verdict.status()).isEqualTo(Status.UNKNOWN);
        assertThat(verdict.reason()).contains(Reason.PROXY_FAILED);
        assertThat(last(verdict).detail())
                .isEqualTo("127.0.0.1:" + server.address().getPort() + detail);
    }

    @Test
    void doesNotBlameTheServerForAProxyThatWantsCredentialsForPlainHttp() throws InterruptedException {
        server.next(Behaviour.status(407, ""));

        Verdict verdict = checker.check(check(URI.create("http://www.example.test/"))
                .proxy(server.address())
                .build());

        assertThat(verdict.reason()).contains(Reason.PROXY_FAILED);
    }

    @Test
    void doesNotBlameTheServerForAProxyThatIsNotThere() throws InterruptedException {
        try (RefusingPort proxy = RefusingPort.open()) {
            Verdict verdict = checker.check(check(URI.create("http://www.example.test/"))
                    .proxy(proxy.address())
                    .build());

            assertThat(verdict.status()).isEqualTo(Status.UNKNOWN);
            assertThat(last(verdict).detail())
                    .isEqualTo("the connection was refused (by 127.0.0.1:"
                            + proxy.address().getPort() + ")");
        }
    }
}
