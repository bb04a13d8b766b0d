package dev.upkeep.checker.http;

import dev.upkeep.checker.check.VersionCheck;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * One request of an attempt: the first, or one that a redirect led to.
 *
 * @param check what is asked for
 * @param method of this request
 * @param uri where this request goes
 * @param url the same as OkHttp wants it, parsed once
 */
record Hop(VersionCheck check, String method, URI uri, HttpUrl url) {
    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "proxy-authorization");
    private static final String USER_AGENT = "upkeep-checker";

    static Hop first(VersionCheck check) {
        return to(check.uri(), check.method(), check);
    }

    /**
     * A request to an address.
     *
     * @throws IllegalArgumentException if it cannot be requested, as with a port above 65535
     */
    static Hop to(URI uri, String method, VersionCheck check) {
        HttpUrl url = HttpUrl.get(uri);
        if (url == null) {
            throw new IllegalArgumentException("not an address that can be requested: " + uri);
        }
        return new Hop(check, method, uri, url);
    }

    /** What is connected to: the address to dial, the proxy, or the host itself. Another host is never dialled at the first's address. */
    InetSocketAddress target() {
        Optional<InetSocketAddress> instead =
                check.proxy().or(() -> isFirstHost() ? check.dialledAddress().map(this::atOurPort) : Optional.empty());
        return instead.orElseGet(() -> InetSocketAddress.createUnresolved(bareHost(), url.port()));
    }

    /** The port that was given stands for that of the first request; to another one of the same host it does not apply. */
    private InetSocketAddress atOurPort(InetSocketAddress dialled) {
        if (url.port() == check.port()) {
            return dialled;
        }
        return dialled.isUnresolved()
                ? InetSocketAddress.createUnresolved(dialled.getHostString(), url.port())
                : new InetSocketAddress(dialled.getAddress(), url.port());
    }

    Optional<Proxy> proxy(InetSocketAddress resolved) {
        return check.proxy().map(asked -> new Proxy(Proxy.Type.HTTP, resolved));
    }

    /** Without a word to caches: one that obeys {@code no-cache} would show us the new version, and everybody else the old copy. */
    Request request() {
        Request.Builder request = new Request.Builder()
                .url(url)
                .method(method, method.equals("POST") ? RequestBody.create(new byte[0]) : null)
                .header("User-Agent", USER_AGENT)
                .header("Accept-Encoding", "identity");
        check.headers().forEach((name, value) -> {
            if (isFirstHost() || !CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, value);
            }
        });
        return request.header("Connection", "close").build();
    }

    boolean isHttps() {
        return url.isHttps();
    }

    boolean isFirstHost() {
        return check.uri().getHost().equalsIgnoreCase(uri.getHost());
    }

    /** Without the brackets of an IPv6 address. */
    String bareHost() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
