package dev.upkeep.checker.http;

import dev.upkeep.checker.cache.LruCache;
import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.verdict.Reason;
import java.io.IOException;
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
 * How OkHttp is set up: everything by which it would make a check look better than it is, is turned off. That is second tries, other
 * addresses, kept connections, resumed sessions, redirects, proxies of the environment. Safe for use by many threads.
 */
final class OkHttpClients {
    /** A client holds the authorities that it trusts; few programs use more than a handful of settings. */
    private static final int MOST_KEPT = 64;

    private final InstantSource clock;
    private final OkHttpClient plain = honestClient();
    private final LruCache<TlsSettings, OkHttpClient> secured = new LruCache<>(MOST_KEPT, this::tlsClient);

    /**
     * Clients whose TLS goes by a clock.
     *
     * @param clock by which certificates are valid
     */
    OkHttpClients(InstantSource clock) {
        this.clock = clock;
    }

    /** For unprotected HTTP. */
    OkHttpClient plain() {
        return plain;
    }

    /** For HTTPS with these settings. The {@value #MOST_KEPT} that were last used are kept. */
    OkHttpClient secured(TlsSettings settings) {
        return secured.get(settings);
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
                .addNetworkInterceptor(OkHttpClients::withoutInvitation)
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
}
