package dev.upkeep.checker.http;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.RedirectPolicy.Scope;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Reason;
import java.net.URI;
import java.util.List;

/** Says where a redirect leads, or why it is not followed. */
final class Redirects {
    /** Longer ones are kept by no browser's history, and would be kept in every verdict. */
    private static final int LONGEST_LOCATION = 2048;

    private Redirects() {}

    static Hop next(Hop hop, String location, List<URI> seen) throws ProbeFailure {
        URI target = target(hop, location);
        seen.add(target);
        RedirectPolicy policy = hop.check().redirectPolicy();
        if (policy.maximum() == 0) {
            throw new ProbeFailure(Reason.REDIRECTED, "to " + target);
        }
        if (seen.size() > policy.maximum()) {
            throw new ProbeFailure(
                    Reason.REDIRECT_REFUSED, "more than " + policy.maximum() + " redirects, the last one to " + target);
        }
        Hop next = hop(target, hop.check());
        if (policy.scope() == Scope.SAME_HOST && !next.isFirstHost()) {
            throw new ProbeFailure(Reason.REDIRECT_REFUSED, "to another host: " + target);
        }
        if (hop.isHttps() && !next.isHttps()) {
            throw new ProbeFailure(Reason.REDIRECT_REFUSED, "from HTTPS to unprotected HTTP: " + target);
        }
        return next;
    }

    private static Hop hop(URI target, VersionCheck check) throws ProbeFailure {
        try {
            return Hop.to(target, check);
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
