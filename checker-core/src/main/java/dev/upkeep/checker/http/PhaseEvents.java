package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Moves the phase clock on as OkHttp gets ahead. Connecting itself is noted by the socket. */
final class PhaseEvents extends EventListener {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private final AttemptTrace trace;

    PhaseEvents(AttemptTrace trace) {
        this.trace = trace;
    }

    @Override
    public void secureConnectStart(Call call) {
        trace.phases().enter(Phase.TLS);
        trace.connection().securing();
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        trace.handshakes().completed(handshake);
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        trace.phases().enter(Phase.FIRST_BYTE);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        refuseUnclearLength(response.headers("Content-Length"));
        trace.phases().enter(Phase.BODY);
    }

    /**
     * Refuses lengths that contradict each other or are none (RFC 9112, section 6.3), which OkHttp does not: of several it takes the last,
     * and at a negative one it fails when the body is closed, and keeps the connection.
     */
    private static void refuseUnclearLength(List<String> lengths) {
        boolean clear = lengths.stream().distinct().count() <= 1
                && lengths.stream().allMatch(length -> DIGITS.matcher(length).matches());
        if (!clear) {
            throw new UncheckedIOException(
                    new ProbeFailure(Reason.MALFORMED_REPLY, "its Content-Length is " + String.join(" and ", lengths)));
        }
    }
}
