package dev.upkeep.checker.http;

import dev.upkeep.checker.check.StatusSet;
import dev.upkeep.checker.verdict.Reason;
import java.util.List;
import java.util.Locale;

/** Says why a reply with a status that is not accepted was given, where servers are known to tell by status and page. */
final class Refusals {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    /** In the words of nginx, Apache, Go, and Tomcat. */
    private static final List<String> TLS_EXPECTED = List.of(
            "the plain http request was sent to https port",
            "speaking plain http to an ssl-enabled server port",
            "client sent an http request to an https server",
            "this combination of host and port requires tls");

    /** nginx's own statuses 495 and 496, which it sends as 400. */
    private static final String CERTIFICATE_REJECTED = "the ssl certificate error";

    private static final String CERTIFICATE_MISSING = "no required ssl certificate was sent";

    private Refusals() {}

    /** Whether the page has to be looked at: only a 400 hides one of these. */
    static boolean mayBeExplainedByPage(int status) {
        return status == BAD_REQUEST;
    }

    static ProbeFailure of(int status, String page, StatusSet accepted, AttemptTrace trace) {
        String said = page.toLowerCase(Locale.ROOT);
        if (!trace.connection().isSecured() && TLS_EXPECTED.stream().anyMatch(said::contains)) {
            return new ProbeFailure(
                    Reason.TLS_EXPECTED,
                    trace.connection().peer() + " answered with status " + status + " and says so in its page");
        }
        Handshakes handshakes = trace.handshakes();
        if (handshakes.wasAskedForClientCertificate()) {
            if (handshakes.hasShownClientCertificate() && said.contains(CERTIFICATE_REJECTED)) {
                return new ProbeFailure(
                        Reason.CLIENT_CERTIFICATE_REJECTED, "it answered with status " + status + " and says so");
            }
            if (!handshakes.hasShownClientCertificate()
                    && (status == FORBIDDEN || status == BAD_REQUEST || said.contains(CERTIFICATE_MISSING))) {
                return new ProbeFailure(
                        Reason.CLIENT_CERTIFICATE_REQUIRED,
                        "it asked for one that it may know, got none, and answered with status " + status);
            }
        }
        return new ProbeFailure(Reason.STATUS_NOT_ACCEPTED, "status " + status + "; accepted is " + accepted);
    }
}
