package dev.upkeep.checker.http;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.decision.StatusDecision;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** One attempt on its way: from the lookup to the version, over redirects if they are to be followed. Used once, by one thread. */
final class AttemptRun {
    private static final int PROXY_AUTHENTICATION = 407;

    /** The pages by which servers explain a status have a few hundred bytes. */
    private static final long LONGEST_PAGE = 4096;

    private final ProbeTools tools;
    private final VersionCheck check;
    private final AttemptTrace trace;
    private final PhaseClock phases;
    private final boolean readsVersion;
    private final List<URI> redirects = new ArrayList<>();

    private AttemptRun(ProbeTools tools, VersionCheck check, Deadline deadline, boolean readsVersion) {
        this.readsVersion = readsVersion;
        this.tools = tools;
        this.check = check;
        this.trace = AttemptTrace.of(check, deadline);
        this.phases = trace.phases();
    }

    static AttemptRun forVersion(ProbeTools tools, VersionCheck check, Deadline deadline) {
        return new AttemptRun(tools, check, deadline, true);
    }

    static AttemptRun forReadiness(ProbeTools tools, VersionCheck check, Deadline deadline) {
        return new AttemptRun(tools, check, deadline, false);
    }

    Attempt make(int number) throws InterruptedException {
        stopIfInterrupted();
        Attempt.Builder attempt = Attempt.startedAt(number, tools.clock().instant());
        long began = tools.ticker().read();
        try {
            String body = follow(attempt);
            return conclude(finished(attempt, began), body);
        } catch (IOException exception) {
            // An interrupt and the closing of the checker cut the connection; neither must look like the server's
            // fault.
            stopIfInterrupted();
            tools.openSockets().refuseIfClosed();
            ProbeFailure failure = blamed(Failures.of(exception, trace));
            return finished(attempt, began).failed(failure.reason(), failure.detail());
        }
    }

    private void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while asking " + check);
        }
    }

    /** What fails on the way to a proxy says nothing about the server. */
    private ProbeFailure blamed(ProbeFailure failure) {
        boolean onTheWay = phases.current() == Phase.RESOLVE || phases.current() == Phase.CONNECT;
        boolean ours = failure.reason() == Reason.ADDRESS_NOT_ALLOWED || failure.reason() == Reason.PROXY_FAILED;
        return check.proxy().isPresent() && onTheWay && !ours
                ? new ProbeFailure(
                        Reason.PROXY_FAILED, failure.reason().meaning() + " (" + failure.detail() + ")", failure)
                : failure;
    }

    private Attempt.Builder finished(Attempt.Builder attempt, long began) {
        phases.stop();
        trace.handshakes().facts().ifPresent(attempt::certificate);
        return attempt.redirects(redirects).took(Duration.ofNanos(tools.ticker().read() - began), phases.times());
    }

    private Attempt conclude(Attempt.Builder attempt, String body) {
        return readsVersion ? StatusDecision.ofBody(attempt, check.expected(), body) : attempt.ready();
    }

    private String follow(Attempt.Builder attempt) throws IOException, InterruptedException {
        Hop hop = Hop.first(check);
        while (true) {
            try (Response response = request(hop, attempt)) {
                if (!isRedirect(response)) {
                    return body(response);
                }
                phases.stop();
                hop = Redirects.next(hop, response, redirects);
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
        List<InetSocketAddress> addresses = tools.lookup().all(hop.target(), check.addressFamily(), phases);
        phases.stop();
        InetSocketAddress peer = addresses.get(0);
        attempt.peer(peer).otherAddresses(addresses.subList(1, addresses.size()));
        trace.connection().started(peer);
        if (!tools.filter().mayDial(peer)) {
            throw new ProbeFailure(Reason.ADDRESS_NOT_ALLOWED, ConnectionTrace.text(peer));
        }
        Response response = execute(client(hop, peer).newCall(hop.request()));
        attempt.reply(reply(response));
        return response;
    }

    private static Response execute(Call call) throws IOException {
        try {
            return call.execute();
        } catch (UncheckedIOException ofAnEvent) {
            throw ofAnEvent.getCause();
        }
    }

    /** Cheap: it shares everything with the client it is made from, and makes no thread and no pool. */
    private OkHttpClient client(Hop hop, InetSocketAddress peer) {
        OkHttpClients clients = tools.clients();
        OkHttpClient.Builder client = (hop.isHttps() ? clients.secured(check.tls()) : clients.plain())
                .newBuilder()
                .dns(new OneAddress(peer.getAddress()))
                .socketFactory(new Dialler(() -> new PhasedSocket(peer, trace, tools.openSockets())))
                .eventListener(new PhaseEvents(trace));
        hop.proxy(peer).ifPresent(client::proxy);
        return client.build();
    }

    private Reply reply(Response response) {
        TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < response.headers().size(); i++) {
            headers.putIfAbsent(response.headers().name(i), response.headers().value(i));
        }
        return new Reply(response.code(), tools.clock().instant(), headers);
    }

    /** Ends the last phase, so that closing the reply does not wait for what nobody reads. */
    private String body(Response response) throws IOException {
        try {
            if (!check.acceptedStatuses().contains(response.code())) {
                throw refusal(response);
            }
            return readsVersion ? read(response, check.bodyLimit()) : "";
        } finally {
            phases.stop();
        }
    }

    private static String read(Response response, long limit) throws IOException {
        String encoding = response.header("Content-Encoding", "");
        long length = response.body().contentLength();
        return new BodyReader(encoding, length, limit).read(response.body().byteStream());
    }

    private ProbeFailure refusal(Response response) {
        if (response.code() == PROXY_AUTHENTICATION && check.proxy().isPresent()) {
            return new ProbeFailure(Reason.PROXY_FAILED, "it wants credentials (status 407)");
        }
        String page = Refusals.mayBeExplainedByPage(response.code()) ? page(response) : "";
        return Refusals.of(response.code(), page, check.acceptedStatuses(), trace);
    }

    private static String page(Response response) {
        try {
            return read(response, LONGEST_PAGE);
        } catch (IOException tellsNothing) {
            return "";
        }
    }
}
