package dev.upkeep.checker.http;

import dev.upkeep.checker.cache.LruCache;
import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.port.AddressFilter;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Makes attempts. Everything by which OkHttp would make a check look better than it is, is turned off: second tries, other addresses,
 * kept connections, resumed sessions, redirects, proxies of the environment. Safe for use by many threads.
 */
public final class HttpProbe {
    /** For how many different TLS settings the client, with its parsed authorities, is kept. */
    private static final int MAXIMUM_CLIENTS = 64;

    private final Lookup lookup;
    private final InstantSource clock;
    private final Ticker ticker;
    private final AddressFilter filter;
    private final OpenSockets open = new OpenSockets();
    private final OkHttpClient plain;
    private final LruCache<TlsSettings, OkHttpClient> clients = new LruCache<>(MAXIMUM_CLIENTS, this::tlsClient);

    /** A probe without a thread of its own. */
    public HttpProbe(Lookup lookup, AddressFilter filter, InstantSource clock, Ticker ticker) {
        this.lookup = lookup;
        this.filter = filter;
        this.clock = clock;
        this.ticker = ticker;
        this.plain = honestClient();
    }

    private static OkHttpClient honestClient() {
        return new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .fastFallback(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(poolThatKeepsNothing())
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .proxyAuthenticator(Authenticator.NONE)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .addNetworkInterceptor(HttpProbe::withoutInvitation)
                .build();
    }

    /**
     * Has no room for an idle connection. The time is only how often OkHttp's thread looks through the connections in use; a very short
     * one would keep that thread, and so a processor, busy for as long as any attempt is under way.
     */
    private static ConnectionPool poolThatKeepsNothing() {
        return new ConnectionPool(0, 5, TimeUnit.MINUTES);
    }

    /** OkHttp takes a 503 with {@code Retry-After: 0} as an invitation to ask at once again, whatever it is configured to; and fails at a 407 without a proxy. */
    private static Response withoutInvitation(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        Connection connection = chain.connection();
        if (response.code() == 407
                && connection != null
                && connection.route().proxy().equals(Proxy.NO_PROXY)) {
            response.close();
            throw new ProbeFailure(Reason.STATUS_NOT_ACCEPTED, "status 407, although no proxy was asked");
        }
        return response.code() == 503
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    /** One attempt, bounded by its own limits and by the deadline of the check. */
    public Attempt attempt(VersionCheck check, int number, Deadline deadline) throws InterruptedException {
        refuseIfClosed();
        return AttemptRun.forVersion(this, check, deadline).make(number);
    }

    /**
     * One attempt that reads no version: it ends well when the status is an accepted one.
     *
     * @param check how a readiness path is asked
     */
    public Attempt readiness(VersionCheck check, int number, Deadline deadline) throws InterruptedException {
        refuseIfClosed();
        return AttemptRun.forReadiness(this, check, deadline).make(number);
    }

    /**
     * Every address of the check's host.
     *
     * @return the addresses, or in their place the failed attempt to find any
     */
    public Addresses addresses(VersionCheck check) throws InterruptedException {
        PhaseClock phases =
                new PhaseClock(check.timeouts(), Deadline.in(check.timeouts().total(), ticker));
        Attempt.Builder attempt = Attempt.startedAt(1, clock.instant());
        phases.enter(Phase.RESOLVE);
        try {
            return new Addresses.Found(
                    lookup.all(Hop.first(check).bareHost(), check.addressFamily(), phases.remaining()));
        } catch (ProbeFailure failure) {
            phases.stop();
            attempt.took(phases.times().total(), phases.times());
            return new Addresses.None(attempt.failed(failure.reason(), failure.detail()));
        }
    }

    /** Ends the attempts that are under way on other threads: their connections are cut. */
    public void close() {
        open.close();
    }

    /** An attempt that was cut by closing the checker has no outcome: the server had no part in it. */
    void refuseIfClosed() {
        if (open.isClosed()) {
            throw new IllegalStateException("the checker is closed; nothing can be checked with it any more");
        }
    }

    boolean mayDial(InetSocketAddress address) {
        return filter.mayDial(address);
    }

    OkHttpClient client(TlsSettings settings, boolean https) {
        return https ? clients.get(settings) : plain;
    }

    private OkHttpClient tlsClient(TlsSettings settings) {
        Trust trust = new Trust(settings, clock);
        OkHttpClient.Builder client = plain.newBuilder()
                .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
                .sslSocketFactory(new FreshTls(trust, settings.clientIdentity().orElse(null)), trust.authorities());
        if (!trust.isVerified()) {
            client.hostnameVerifier((name, session) -> true);
        }
        return client.build();
    }

    Lookup lookup() {
        return lookup;
    }

    OpenSockets openSockets() {
        return open;
    }

    InstantSource clock() {
        return clock;
    }

    Ticker ticker() {
        return ticker;
    }
}
