package dev.upkeep.checker.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Moves the phase clock on as OkHttp gets ahead. Connecting itself is noted by the socket. */
final class PhaseEvents extends EventListener {
    private final PhaseClock phases;
    private final Handshakes handshakes;

    PhaseEvents(PhaseClock phases, Handshakes handshakes) {
        this.phases = phases;
        this.handshakes = handshakes;
    }

    @Override
    public void secureConnectStart(Call call) {
        phases.enter(Phase.TLS);
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        handshakes.completed(handshake);
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        phases.enter(Phase.FIRST_BYTE);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        phases.enter(Phase.BODY);
    }
}
