package dev.upkeep.checker.http;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Reply;
import dev.upkeep.checker.version.Reading;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** One attempt on its way: from the lookup to the version, over redirects if they are to be followed. Used once, by one thread. */
final class AttemptRun {
    private static final int GLIMPSE = 60;

    private final HttpProbe probe;
    private final VersionCheck check;
    private final PhaseClock phases;
    private final Handshakes handshakes = new Handshakes();
    private final List<URI> redirects = new ArrayList<>();

    AttemptRun(HttpProbe probe, VersionCheck check, Deadline deadline) {
        this.probe = probe;
        this.check = check;
        this.phases = new PhaseClock(check.timeouts(), deadline);
    }

    Attempt make(int number) throws InterruptedException {
        Attempt.Builder attempt = Attempt.startedAt(number, probe.clock().instant());
        long began = probe.ticker().read();
        try {
            String body = follow(attempt);
            return conclude(finished(attempt, began), body);
        } catch (IOException exception) {
            if (Thread.interrupted()) {
                // On a virtual thread an interrupt cuts the connection; that must not look like the server's fault.
                throw new InterruptedException("interrupted while asking " + check.uri());
            }
            ProbeFailure failure = Failures.of(exception, phases, handshakes);
            return finished(attempt, began).failed(failure.reason(), failure.detail());
        }
    }

    private Attempt.Builder finished(Attempt.Builder attempt, long began) {
        phases.stop();
        handshakes.facts().ifPresent(attempt::certificate);
        return attempt.redirects(redirects).took(Duration.ofNanos(probe.ticker().read() - began), phases.times());
    }

    private Attempt conclude(Attempt.Builder attempt, String body) {
        Reading reading = check.expected().read(body);
        if (reading instanceof Reading.Expected it) {
            return attempt.served(it.version());
        }
        if (reading instanceof Reading.Other it) {
            return attempt.servedOther(
                    it.version(), "expected is " + check.expected().description() + ", served is " + it.version());
        }
        return attempt.failed(
                Reason.VERSION_UNREADABLE,
                "expected is " + check.expected().description() + ", but the body " + glimpse(body));
    }

    /** Enough to tell an error page from a login page or another file. */
    private static String glimpse(String body) {
        String text = body.strip().replaceAll("\\s+", " ");
        if (text.isEmpty()) {
            return "is empty";
        }
        return text.length() <= GLIMPSE ? "is \"" + text + '"' : "begins with \"" + text.substring(0, GLIMPSE) + '"';
    }

    private String follow(Attempt.Builder attempt) throws IOException, InterruptedException {
        Hop hop = Hop.first(check);
        while (true) {
            try (Response response = request(hop, attempt)) {
                if (isRedirect(response)) {
                    hop = Redirects.next(hop, response.header("Location", ""), redirects);
                } else {
                    return body(response);
                }
            }
        }
    }

    private boolean isRedirect(Response response) {
        return response.isRedirect()
                && response.header("Location") != null
                && !check.acceptedStatuses().contains(response.code());
    }

    private Response request(Hop hop, Attempt.Builder attempt) throws IOException, InterruptedException {
        if (phases.isTotalOver()) {
            throw new ProbeFailure(Reason.DEADLINE_EXCEEDED, phases.timeoutDetail());
        }
        phases.enter(Phase.RESOLVE);
        InetSocketAddress peer = probe.lookup().first(hop.target(), check.addressFamily(), phases);
        phases.stop();
        attempt.peer(peer);
        Response response = client(hop, peer).newCall(hop.request()).execute();
        attempt.reply(reply(response));
        return response;
    }

    /** Cheap: it shares everything with the probe's own client, and makes no thread and no pool. */
    private OkHttpClient client(Hop hop, InetSocketAddress peer) {
        OkHttpClient.Builder client = probe.client(check.tls(), hop.isHttps())
                .newBuilder()
                .dns(new OneAddress(peer.getAddress()))
                .socketFactory(new Dialler(() -> new PhasedSocket(peer, phases, handshakes, probe.openSockets())))
                .eventListener(new PhaseEvents(phases, handshakes));
        hop.proxy(peer).ifPresent(client::proxy);
        return client.build();
    }

    private Reply reply(Response response) {
        TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < response.headers().size(); i++) {
            headers.putIfAbsent(response.headers().name(i), response.headers().value(i));
        }
        return new Reply(response.code(), probe.clock().instant(), headers);
    }

    private String body(Response response) throws IOException {
        if (!check.acceptedStatuses().contains(response.code())) {
            throw refusal(response.code());
        }
        String encoding = response.header("Content-Encoding", "");
        return BodyReader.read(response.body().byteStream(), encoding, check.bodyLimit());
    }

    /** nginx completes the handshake also without the certificate that it wants, and then says so with a status. */
    private ProbeFailure refusal(int status) {
        boolean wantedCertificate = handshakes.wasAskedForClientCertificate()
                && check.tls().clientIdentity().isEmpty()
                && (status == 400 || status == 403);
        return new ProbeFailure(
                wantedCertificate ? Reason.CLIENT_CERTIFICATE_REQUIRED : Reason.STATUS_NOT_ACCEPTED,
                "status " + status + "; accepted is " + check.acceptedStatuses());
    }
}
