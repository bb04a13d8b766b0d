package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says what a handshake failed at, as far as it was neither cut off nor refused by us. The alerts are those of RFC 8446, section 6.2. */
final class TlsFailures {
    private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");

    private static final Map<String, String> MEANINGS = Map.of(
            "handshake_failure", "it has no cipher, key exchange or certificate in common with us",
            "protocol_version", "it speaks neither TLS 1.2 nor 1.3",
            "insufficient_security", "it wants other ciphers than ours",
            "unrecognized_name", "it serves no site of that name",
            "internal_error", "it failed itself, as servers do that have no certificate for the name",
            "no_application_protocol", "it speaks no HTTP/1.1 there");

    /** A server has only one certificate to judge: ours. */
    private static final Set<String> OF_CERTIFICATES = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied",
            "certificate_required");

    private TlsFailures() {}

    static boolean isAlert(IOException exception) {
        return exception instanceof SSLException && alert(exception).isPresent();
    }

    static ProbeFailure of(IOException exception, Handshakes handshakes) {
        if (exception instanceof SSLPeerUnverifiedException) {
            return wrongName(exception, handshakes);
        }
        Optional<String> alert = alert(exception);
        if (alert.isPresent()) {
            return new ProbeFailure(reason(alert.get(), handshakes), detail(alert.get()), exception);
        }
        String message = Failures.message(exception);
        boolean oldVersion = message.contains("is not accepted by client preferences");
        return new ProbeFailure(
                oldVersion ? Reason.TLS_VERSION_UNSUPPORTED : Reason.TLS_HANDSHAKE_FAILED, message, exception);
    }

    private static ProbeFailure wrongName(IOException exception, Handshakes handshakes) {
        String names = handshakes
                .facts()
                .map(facts -> facts.names().isEmpty()
                        ? "has no alternative names, and its common name (" + facts.subject()
                                + ") does not count (RFC 9525)"
                        : "names " + String.join(", ", facts.names()))
                .orElse("names nobody");
        return new ProbeFailure(Reason.CERTIFICATE_WRONG_NAME, "the certificate " + names, exception);
    }

    private static Reason reason(String alert, Handshakes handshakes) {
        if (alert.equals("protocol_version")) {
            return Reason.TLS_VERSION_UNSUPPORTED;
        }
        boolean aboutUs = OF_CERTIFICATES.contains(alert);
        if (aboutUs && handshakes.hasShownClientCertificate()) {
            return Reason.CLIENT_CERTIFICATE_REJECTED;
        }
        // Before TLS 1.3 there was no alert of its own for a missing certificate.
        boolean missing = handshakes.wasAskedForClientCertificate()
                && !handshakes.hasShownClientCertificate()
                && (aboutUs || alert.equals("handshake_failure"));
        return missing || alert.equals("certificate_required")
                ? Reason.CLIENT_CERTIFICATE_REQUIRED
                : Reason.TLS_HANDSHAKE_FAILED;
    }

    private static String detail(String alert) {
        String meaning = MEANINGS.get(alert);
        return "the server ended it with the alert " + alert + (meaning == null ? "" : ": " + meaning);
    }

    private static Optional<String> alert(IOException exception) {
        Matcher matcher = ALERT.matcher(Failures.message(exception));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
