package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.version.ExpectedVersion;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    /** A UDP socket reaches it only if broadcasts were allowed: an address without a route on every machine. */
    private static final String WITHOUT_ROUTE = "255.255.255.255";

    private static final String WORDS = "in der Sprache des Rechners";

    private final AtomicLong now = new AtomicLong();

    private AttemptTrace trace(String peer, Phase phase) throws UnknownHostException {
        VersionCheck check = VersionCheck.of(URI.create("http://shop.test/"), ExpectedVersion.any());
        AttemptTrace trace = AttemptTrace.of(check, Deadline.in(Timeouts.DEFAULT.total(), now::get));
        trace.phases().enter(phase);
        trace.connection().started(new InetSocketAddress(InetAddress.getByName(peer), 80));
        return trace;
    }

    static Stream<Arguments> whileConnecting() {
        return Stream.of(
                Arguments.of("127.0.0.1", new ConnectException(WORDS), Reason.CONNECTION_REFUSED),
                Arguments.of("127.0.0.1", new NoRouteToHostException(WORDS), Reason.HOST_UNREACHABLE),
                Arguments.of(WITHOUT_ROUTE, new NoRouteToHostException(WORDS), Reason.NETWORK_UNREACHABLE),
                Arguments.of(WITHOUT_ROUTE, new SocketException(WORDS), Reason.NETWORK_UNREACHABLE),
                Arguments.of("127.0.0.1", new SocketException(WORDS), Reason.LOCAL_FAILURE),
                Arguments.of("127.0.0.1", new BindException(WORDS), Reason.LOCAL_FAILURE),
                Arguments.of("127.0.0.1", new IOException(WORDS), Reason.LOCAL_FAILURE));
    }

    @ParameterizedTest
    @MethodSource("whileConnecting")
    void tellsWhatIsWrongThereFromWhatIsWrongHereInEveryLanguage(String peer, IOException exception, Reason reason)
            throws UnknownHostException {
        ProbeFailure failure = Failures.of(exception, trace(peer, Phase.CONNECT));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail())
                .isEqualTo(
                        reason == Reason.CONNECTION_REFUSED
                                ? "by 127.0.0.1:80"
                                : "connecting to " + peer + ":80: " + WORDS);
    }

    @Test
    void tellsGivingUpFromARefusalByTheTime() throws UnknownHostException {
        AttemptTrace trace = trace("127.0.0.1", Phase.CONNECT);
        ConnectException either = new ConnectException(WORDS);

        now.addAndGet(Duration.ofMillis(1999).toNanos());
        assertThat(Failures.of(either, trace).reason()).isEqualTo(Reason.CONNECTION_REFUSED);
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(Failures.of(either, trace).reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
    }

    @Test
    void knowsAConnectionThatBrokeAsSoonAsItStood() throws UnknownHostException {
        AttemptTrace trace = trace("127.0.0.1", Phase.CONNECT);
        trace.connection().broke();

        ProbeFailure failure = Failures.of(new SocketException(WORDS), trace);

        assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_RESET);
        assertThat(failure.detail()).isEqualTo("by 127.0.0.1:80, as soon as it was open");
    }

    /** Writing to a channel that was reset brings no SocketException. */
    @Test
    void knowsAResetWhileTheRequestIsSent() throws UnknownHostException {
        AttemptTrace trace = trace("127.0.0.1", Phase.FIRST_BYTE);
        trace.connection().broke();

        ProbeFailure failure = Failures.of(new IOException("unexpected end of stream", new IOException(WORDS)), trace);

        assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_RESET);
        assertThat(failure.detail()).isEqualTo("by 127.0.0.1:80, before it answered");
        assertThat(Failures.of(new IOException(WORDS), trace).reason()).isEqualTo(Reason.CONNECTION_RESET);
    }
}
