package dev.upkeep.checker.http;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.RedirectPolicy.Scope;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.ShownUri;
import java.net.URI;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Says where a redirect leads, or why it is not followed. */
final class Redirects {
    /** Longer ones are kept by no browser's history, and would be kept in every verdict. */
    private static final int LONGEST_LOCATION = 2048;

    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;

    private Redirects() {}

    /**
     * The request that a redirect asks for.
     *
     * @param seen where the redirects so far led, to which this one is added
     */
    static Hop next(Hop hop, Response response, List<URI> seen) throws ProbeFailure {
        HttpUrl target = target(hop, response.header("Location", ""));
        seen.add(target.uri());
        String shown = ShownUri.of(target.uri());
        RedirectPolicy policy = hop.check().redirectPolicy();
        if (policy.maximum() == 0) {
            throw new ProbeFailure(Reason.REDIRECTED, "to " + shown);
        }
        if (seen.size() > policy.maximum()) {
            throw new ProbeFailure(
                    Reason.REDIRECT_REFUSED, "more than " + policy.maximum() + " redirects, the last one to " + shown);
        }
        Hop next = hop.to(target, method(hop, response.code()));
        if (policy.scope() == Scope.SAME_HOST && !next.isFirstHost()) {
            throw new ProbeFailure(Reason.REDIRECT_REFUSED, "to another host: " + shown);
        }
        if (hop.isHttps() && !next.isHttps()) {
            throw new ProbeFailure(Reason.REDIRECT_REFUSED, "from HTTPS to unprotected HTTP: " + shown);
        }
        return next;
    }

    /** Only 307 and 308 have a POST repeated; the others ask for a GET (RFC 9110, section 15.4), or are taken to by every browser. */
    private static String method(Hop hop, int status) {
        return status == TEMPORARY_REDIRECT || status == PERMANENT_REDIRECT ? hop.method() : "GET";
    }

    /**
     * Resolves as browsers do (WHATWG URL), which is RFC 3986, section 5, for what is a URI reference; {@link URI#resolve} still goes by
     * RFC 2396, and drops the last segment before a mere query.
     */
    private static HttpUrl target(Hop hop, String location) throws ProbeFailure {
        if (location.length() > LONGEST_LOCATION) {
            throw new ProbeFailure(
                    Reason.REDIRECT_REFUSED, "to an address of more than " + LONGEST_LOCATION + " characters");
        }
        HttpUrl target = hop.url().resolve(location);
        if (target == null || !target.username().isEmpty() || !target.password().isEmpty()) {
            throw new ProbeFailure(
                    Reason.REDIRECT_REFUSED, "to what cannot be requested: " + ShownUri.of(location.strip()));
        }
        return target;
    }
}
