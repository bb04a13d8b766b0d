package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.verdict.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    static Stream<Arguments> whileConnecting() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), Reason.CONNECTION_REFUSED),
                Arguments.of(new ConnectException("Connection timed out"), Reason.CONNECT_TIMEOUT),
                Arguments.of(new NoRouteToHostException("No route to host"), Reason.HOST_UNREACHABLE),
                Arguments.of(new ConnectException("Network is unreachable"), Reason.NETWORK_UNREACHABLE),
                Arguments.of(new SocketException("Too many open files"), Reason.LOCAL_FAILURE),
                Arguments.of(new SocketException("Connection reset by peer"), Reason.CONNECTION_RESET),
                Arguments.of(new SocketException("Broken pipe"), Reason.CONNECTION_RESET));
    }

    @ParameterizedTest
    @MethodSource("whileConnecting")
    void tellsWhatIsWrongThereFromWhatIsWrongHere(IOException exception, Reason reason) {
        PhaseClock phases = new PhaseClock(Timeouts.DEFAULT, Deadline.in(Timeouts.DEFAULT.total(), Ticker.system()));
        phases.enter(Phase.CONNECT);

        ProbeFailure failure = Failures.of(exception, phases, new Handshakes());

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail()).isEqualTo(exception.getMessage());
    }
}
