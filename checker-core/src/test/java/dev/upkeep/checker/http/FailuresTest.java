package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.version.ExpectedVersion;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    private static final String TO_PEER = "connecting to 192.0.2.1:80: ";

    static Stream<Arguments> whileConnecting() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), Reason.CONNECTION_REFUSED, "by 192.0.2.1:80"),
                Arguments.of(new ConnectException("Connection timed out"), Reason.CONNECT_TIMEOUT, TO_PEER),
                Arguments.of(new NoRouteToHostException("No route to host"), Reason.HOST_UNREACHABLE, TO_PEER),
                Arguments.of(new ConnectException("Network is unreachable"), Reason.NETWORK_UNREACHABLE, TO_PEER),
                Arguments.of(new SocketException("Too many open files"), Reason.LOCAL_FAILURE, TO_PEER),
                Arguments.of(
                        new SocketException("Connection reset by peer"),
                        Reason.CONNECTION_RESET,
                        "by 192.0.2.1:80, as soon as it was open"),
                Arguments.of(
                        new SocketException("Broken pipe"),
                        Reason.CONNECTION_RESET,
                        "by 192.0.2.1:80, as soon as it was open"));
    }

    @ParameterizedTest
    @MethodSource("whileConnecting")
    void tellsWhatIsWrongThereFromWhatIsWrongHere(IOException exception, Reason reason, String detail)
            throws UnknownHostException {
        VersionCheck check = VersionCheck.of(URI.create("http://shop.test/"), ExpectedVersion.any());
        Traces traces = Traces.of(check, Deadline.in(Timeouts.DEFAULT.total(), Ticker.system()));
        traces.phases().enter(Phase.CONNECT);
        traces.conversation().started(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 80));

        ProbeFailure failure = Failures.of(exception, traces);

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail()).isEqualTo(detail.endsWith(": ") ? detail + exception.getMessage() : detail);
    }

    /** Writing to a channel that was reset brings no SocketException. */
    @ParameterizedTest
    @ValueSource(strings = {"Broken pipe", "Connection reset by peer"})
    void knowsAResetWhileTheRequestIsSent(String message) {
        VersionCheck check = VersionCheck.of(URI.create("http://shop.test/"), ExpectedVersion.any());
        Traces traces = Traces.of(check, Deadline.in(Timeouts.DEFAULT.total(), Ticker.system()));
        traces.phases().enter(Phase.FIRST_BYTE);

        ProbeFailure failure =
                Failures.of(new IOException("unexpected end of stream", new IOException(message)), traces);

        assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_RESET);
        assertThat(failure.detail()).isEqualTo("by the server, before it answered");
        assertThat(Failures.of(new IOException(message), traces).reason()).isEqualTo(Reason.CONNECTION_RESET);
    }
}
