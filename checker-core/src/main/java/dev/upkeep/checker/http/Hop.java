package dev.upkeep.checker.http;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.ShownUri;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * One request of an attempt: the first, or one that a redirect led to.
 *
 * @param check what is asked for
 * @param origin where the first request goes
 * @param method of this request
 * @param url where this request goes
 */
record Hop(VersionCheck check, HttpUrl origin, String method, HttpUrl url) {
    private static final String USER_AGENT = "upkeep-checker";

    static Hop first(VersionCheck check) {
        HttpUrl url = HttpUrl.get(check.uri());
        if (url == null) {
            throw new IllegalArgumentException("not an address that can be requested: " + ShownUri.of(check.uri()));
        }
        return new Hop(check, url, check.method(), url);
    }

    /** The request that a redirect asks for. */
    Hop to(HttpUrl target, String nextMethod) {
        return new Hop(check, origin, nextMethod, target);
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
                .header("Accept", "*/*")
                .header("Accept-Encoding", "identity");
        if (isFirstOrigin()) {
            check.headers().forEach(request::header);
        }
        return request.header("Connection", "close").build();
    }

    boolean isHttps() {
        return url.isHttps();
    }

    /** Whether this goes to the host that the check is about, on whatever port. */
    boolean isFirstHost() {
        return origin.host().equals(url.host());
    }

    /** Whether this goes to the very server that the check is about, which alone is given the check's headers: they may hold credentials. */
    private boolean isFirstOrigin() {
        return origin.scheme().equals(url.scheme()) && origin.host().equals(url.host()) && origin.port() == url.port();
    }

    /** Without the brackets of an IPv6 address. */
    String bareHost() {
        return url.host();
    }
}
