package dev.upkeep.checker.http;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.RedirectPolicy.Scope;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Reason;
import java.net.URI;
import java.util.List;
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
        URI target = target(hop, response.header("Location", ""));
        seen.add(target);
        RedirectPolicy policy = hop.check().redirectPolicy();
        if (policy.maximum() == 0) {
            throw new ProbeFailure(Reason.REDIRECTED, "to " + target);
        }
        if (seen.size() > policy.maximum()) {
            throw new ProbeFailure(
                    Reason.REDIRECT_REFUSED, "more than " + policy.maximum() + " redirects, the last one to " + target);
        }
        Hop next = hop(target, method(hop, response.code()), hop.check());
        if (policy.scope() == Scope.SAME_HOST && !next.isFirstHost()) {
            throw new ProbeFailure(Reason.REDIRECT_REFUSED, "to another host: " + target);
        }
        if (hop.isHttps() && !next.isHttps()) {
            throw new ProbeFailure(Reason.REDIRECT_REFUSED, "from HTTPS to unprotected HTTP: " + target);
        }
        return next;
    }

    /** Only 307 and 308 have a POST repeated; the others ask for a GET (RFC 9110, section 15.4), or are taken to by every browser. */
    private static String method(Hop hop, int status) {
        return status == TEMPORARY_REDIRECT || status == PERMANENT_REDIRECT ? hop.method() : "GET";
    }

    private static Hop hop(URI target, String method, VersionCheck check) throws ProbeFailure {
        try {
            return Hop.to(target, method, check);
        } catch (IllegalArgumentException notRequestable) {
            throw new ProbeFailure(Reason.REDIRECT_REFUSED, "to what cannot be requested: " + target, notRequestable);
        }
    }

    private static URI target(Hop hop, String location) throws ProbeFailure {
        if (location.length() > LONGEST_LOCATION) {
            throw new ProbeFailure(
                    Reason.REDIRECT_REFUSED, "to an address of more than " + LONGEST_LOCATION + " characters");
        }
        try {
            URI target = hop.uri().resolve(location.strip());
            boolean web = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
            if (web && target.getHost() != null && target.getRawUserInfo() == null) {
                return target;
            }
        } catch (IllegalArgumentException notUri) {
            throw new ProbeFailure(Reason.REDIRECT_REFUSED, "to what is no address: " + withoutUser(location), notUri);
        }
        throw new ProbeFailure(Reason.REDIRECT_REFUSED, "to what cannot be requested: " + withoutUser(location));
    }

    /** A user and a password before the host are not for logs. */
    private static String withoutUser(String location) {
        return location.replaceAll("//[^/?#]*@", "//***@");
    }
}
